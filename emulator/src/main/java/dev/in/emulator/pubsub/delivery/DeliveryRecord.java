package dev.in.emulator.pubsub.delivery;

import java.time.Instant;
import java.util.OptionalInt;

/**
 * A delivery that has ended, for tests and tools.
 *
 * @param subscription the subscription's id, without its project
 * @param attempt from 1
 * @param httpStatus what a push was answered with; empty for a pull and where no answer came
 */
public record DeliveryRecord(
    String subscription,
    String messageId,
    int attempt,
    Instant sentAt,
    Instant settledAt,
    Outcome outcome,
    OptionalInt httpStatus) {}
