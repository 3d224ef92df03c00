package dev.in.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * The id of a fact: the same fact published twice has the same id. A UUIDv5 (RFC 9562, section 5.5)
 * over {@code taskId|run|stage|eventType}.
 */
public final class EventId {
  private static final UUID NAMESPACE = UUID.fromString("6f2b1f0e-3c64-5d0a-9a53-1d0f6c0e9a77");

  private EventId() {}

  /**
   * @param stage the emitter's: {@code edge}, {@code download}, {@code metadata}, {@code ai}; of
   *     {@code task.failed} the failed stage, whoever publishes
   */
  public static UUID of(String taskId, int run, String stage, EventType type) {
    requireNonNull(taskId, "taskId is null");
    requireNonNull(stage, "stage is null");
    String name = taskId + "|" + run + "|" + stage + "|" + type.wireName();
    ByteBuffer hash =
        ByteBuffer.wrap(
            sha1()
                .digest(
                    ByteBuffer.allocate(16 + name.getBytes(UTF_8).length)
                        .putLong(NAMESPACE.getMostSignificantBits())
                        .putLong(NAMESPACE.getLeastSignificantBits())
                        .put(name.getBytes(UTF_8))
                        .array()));
    long high = hash.getLong() & 0xffff_ffff_ffff_0fffL | 0x5000L;
    long low = hash.getLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }
}
