package dev.in.emulator.pubsub.broker;

import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PubsubMessage;
import dev.in.emulator.pubsub.config.Checks;
import java.nio.charset.StandardCharsets;

/** Pub/Sub's limits on publishing, from its page "Quotas and limits" (resource limits). */
final class PublishChecks {
  private static final int MAX_MESSAGES = 1_000;
  private static final int MAX_REQUEST_BYTES = 10_000_000;
  private static final int MAX_ATTRIBUTES = 100;
  private static final int MAX_KEY_BYTES = 256;
  private static final int MAX_VALUE_BYTES = 1_024;
  private static final int MAX_ORDERING_KEY_BYTES = 1_024;

  private PublishChecks() {}

  static void check(PublishRequest request) {
    Checks.check(request.getMessagesCount() > 0, "The request has no messages");
    Checks.check(
        request.getMessagesCount() <= MAX_MESSAGES,
        "The request has " + request.getMessagesCount() + " messages; the most is 1000");
    Checks.check(
        request.getSerializedSize() <= MAX_REQUEST_BYTES,
        "The request has " + request.getSerializedSize() + " bytes; the most is 10000000");
    request.getMessagesList().forEach(PublishChecks::check);
  }

  private static void check(PubsubMessage message) {
    Checks.check(
        !message.getData().isEmpty() || message.getAttributesCount() > 0,
        "One or more messages are empty: a message needs data or an attribute");
    Checks.check(
        message.getAttributesCount() <= MAX_ATTRIBUTES,
        "A message has " + message.getAttributesCount() + " attributes; the most is 100");
    message.getAttributesMap().forEach(PublishChecks::checkAttribute);
    Checks.check(
        bytes(message.getOrderingKey()) <= MAX_ORDERING_KEY_BYTES,
        "An ordering key exceeds 1024 bytes");
  }

  private static void checkAttribute(String key, String value) {
    Checks.check(!key.isEmpty(), "An attribute's key is empty");
    Checks.check(!key.startsWith("goog"), "An attribute's key starts with goog: " + key);
    Checks.check(bytes(key) <= MAX_KEY_BYTES, "An attribute's key exceeds 256 bytes: " + key);
    Checks.check(
        bytes(value) <= MAX_VALUE_BYTES, "An attribute's value exceeds 1024 bytes: " + key);
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
