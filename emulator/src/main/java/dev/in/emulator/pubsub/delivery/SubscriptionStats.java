package dev.in.emulator.pubsub.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a subscription stands.
 *
 * @param backlog unacked messages, those that are out included
 * @param outstanding messages that are with a receiver now
 * @param oldestUnacked the age of the oldest unacked message
 * @param deliveries messages handed over since the start, redeliveries included
 * @param expirations ack deadlines missed
 * @param pushWindow how many pushes may be out at once; empty for pull
 * @param pausedUntil the end of the push backoff, while there is one
 */
public record SubscriptionStats(
    int backlog,
    int outstanding,
    Optional<Duration> oldestUnacked,
    long deliveries,
    long acks,
    long nacks,
    long expirations,
    long deadLettered,
    Optional<Integer> pushWindow,
    Optional<Instant> pausedUntil) {}
