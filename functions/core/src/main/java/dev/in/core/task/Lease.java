package dev.in.core.task;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * Who is at work on a stage. It saves work, and correctness does not rest on it: guarded writes do
 * that.
 *
 * @param token fresh and random for each claim
 * @param messageId Pub/Sub's, of the message that is being worked on
 * @param deliveryAttempt Pub/Sub's count for that message; 0 where it sends none
 */
public record Lease(String token, String messageId, int deliveryAttempt, Instant until) {
  public Lease {
    requireNonNull(token, "token is null");
    requireNonNull(messageId, "messageId is null");
    requireNonNull(until, "until is null");
  }
}
