package dev.in.recovery;

import dev.in.core.handler.ReceivedMessage;
import dev.in.events.EventCodec;
import dev.in.events.INEvent;
import dev.in.events.MalformedEventException;
import dev.in.events.Payload;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A message that was given up, by Pub/Sub after its last attempt or by a function at once.
 *
 * @param subscription the one that gave it up; empty if nobody says
 * @param reason why a function gave it up; empty if Pub/Sub did
 * @param attempts how many times Pub/Sub delivered it, as far as it says
 * @param event what is in it, if it can be decoded
 * @param attributes the message's own, without those that were added on the way here
 */
record DeadLetter(
    String subscription,
    Optional<String> reason,
    Optional<Integer> attempts,
    Optional<INEvent<? extends Payload>> event,
    Map<String, String> attributes,
    byte[] data) {

  /**
   * What Pub/Sub adds when it forwards a message.
   *
   * @see <a href="https://cloud.google.com/pubsub/docs/handling-failures">Handling failures</a>
   */
  private static final String ADDED_BY_PUBSUB = "CloudPubSubDeadLetterSource";

  private static final String FORWARDED_FROM = ADDED_BY_PUBSUB + "Subscription";
  private static final String DELIVERY_COUNT = ADDED_BY_PUBSUB + "DeliveryCount";
  private static final String GIVEN_UP_BY = "sourceSubscription";
  private static final String REASON = "deadLetterReason";
  private static final String ORIGINAL_ID = "originalMessageId";

  DeadLetter {
    attributes = Map.copyOf(attributes);
  }

  static DeadLetter of(ReceivedMessage message) {
    Map<String, String> all = message.attributes();
    String forwardedFrom = all.getOrDefault(FORWARDED_FROM, "");
    return new DeadLetter(
        forwardedFrom.isEmpty() ? all.getOrDefault(GIVEN_UP_BY, "") : forwardedFrom,
        Optional.ofNullable(all.get(REASON)),
        Optional.ofNullable(all.get(DELIVERY_COUNT)).flatMap(DeadLetter::number),
        decode(message.data()),
        all.entrySet().stream()
            .filter(attribute -> isOwn(attribute.getKey()))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue)),
        message.data());
  }

  /** Whether every delivery of it was nacked, rather than its content refused. */
  boolean exhausted() {
    return reason.isEmpty() && attempts.isPresent();
  }

  /**
   * The same for the same message given up twice by the same subscription, which Pub/Sub may do.
   */
  String id() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      put(digest, subscription.getBytes());
      put(digest, data);
      new TreeMap<>(attributes)
          .forEach(
              (key, value) -> {
                put(digest, key.getBytes());
                put(digest, value.getBytes());
              });
      return HexFormat.of().formatHex(digest.digest(), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static void put(MessageDigest digest, byte[] bytes) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
    digest.update(bytes);
  }

  private static boolean isOwn(String attribute) {
    return !attribute.startsWith(ADDED_BY_PUBSUB)
        && !attribute.equals(GIVEN_UP_BY)
        && !attribute.equals(REASON)
        && !attribute.equals(ORIGINAL_ID);
  }

  private static Optional<Integer> number(String text) {
    try {
      return Optional.of(Integer.valueOf(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<INEvent<? extends Payload>> decode(byte[] data) {
    try {
      return Optional.of(EventCodec.read(data));
    } catch (MalformedEventException e) {
      return Optional.empty();
    }
  }
}
