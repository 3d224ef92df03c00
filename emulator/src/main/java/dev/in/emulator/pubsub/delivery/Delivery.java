package dev.in.emulator.pubsub.delivery;

import dev.in.emulator.faults.Effect;
import java.time.Instant;
import java.util.Optional;

/**
 * One handing-over of a message.
 *
 * @param ackId names this delivery, not the message
 * @param attempt from 1: one more than the nacks and missed deadlines before
 * @param fault what shall go wrong with it
 */
public record Delivery(
    String ackId, Message message, int attempt, Instant at, Optional<Effect.OnDelivery> fault) {}
