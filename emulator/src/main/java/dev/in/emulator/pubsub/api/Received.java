package dev.in.emulator.pubsub.api;

import com.google.pubsub.v1.ReceivedMessage;
import dev.in.emulator.pubsub.config.SubscriptionConfig;
import dev.in.emulator.pubsub.delivery.Delivery;

/** A delivery in the form that pulls answer. */
final class Received {
  private Received() {}

  /** The attempt is given only where a dead-letter policy counts it. */
  static ReceivedMessage of(Delivery delivery, SubscriptionConfig config) {
    return ReceivedMessage.newBuilder()
        .setAckId(delivery.ackId())
        .setMessage(delivery.message().content())
        .setDeliveryAttempt(config.deadLetter().isPresent() ? delivery.attempt() : 0)
        .build();
  }
}
