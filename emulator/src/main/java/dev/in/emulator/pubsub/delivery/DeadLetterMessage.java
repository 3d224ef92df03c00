package dev.in.emulator.pubsub.delivery;

import com.google.protobuf.util.Timestamps;
import com.google.pubsub.v1.PubsubMessage;
import dev.in.emulator.pubsub.config.ResourceNames;

/**
 * What Pub/Sub forwards to a dead-letter topic: the message with four attributes more, and no word
 * of a reason (Pub/Sub's page "Dead-letter topics").
 */
final class DeadLetterMessage {
  private static final String PREFIX = "CloudPubSubDeadLetterSource";

  private DeadLetterMessage() {}

  static PubsubMessage of(Message message, int attempts, String subscription) {
    PubsubMessage original = message.content();
    return original.toBuilder()
        .putAttributes(PREFIX + "DeliveryCount", String.valueOf(attempts))
        .putAttributes(PREFIX + "Subscription", ResourceNames.id(subscription))
        .putAttributes(PREFIX + "SubscriptionProject", ResourceNames.project(subscription))
        .putAttributes(PREFIX + "TopicPublishTime", Timestamps.toString(original.getPublishTime()))
        .build();
  }
}
