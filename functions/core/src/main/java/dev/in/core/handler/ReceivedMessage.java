package dev.in.core.handler;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One delivery of a Pub/Sub message.
 *
 * @param data bytes, not text; empty where the message has none
 * @param messageId Pub/Sub's
 * @param publishTime when Pub/Sub took it
 * @param subscription full name, {@code projects/P/subscriptions/S}
 * @param deliveryAttempt from 1; 0 where the subscription has no dead-letter policy and so sends
 *     none
 */
public record ReceivedMessage(
    byte[] data,
    Map<String, String> attributes,
    String messageId,
    Optional<Instant> publishTime,
    String subscription,
    int deliveryAttempt) {
  public ReceivedMessage {
    requireNonNull(data, "data is null");
    attributes = Map.copyOf(attributes);
    requireNonNull(messageId, "messageId is null");
    requireNonNull(publishTime, "publishTime is null");
    requireNonNull(subscription, "subscription is null");
  }

  /** The subscription's own name, without its project. */
  public String subscriptionId() {
    return subscription.substring(subscription.lastIndexOf('/') + 1);
  }
}
