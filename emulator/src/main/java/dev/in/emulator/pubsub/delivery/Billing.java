package dev.in.emulator.pubsub.delivery;

/**
 * The names under which billable throughput is counted. Pub/Sub bills bytes published and
 * delivered, at least 1,000 a request (Pub/Sub pricing, "Message delivery").
 */
public final class Billing {
  public static final String PUBLISHED = "pubsub.messages.published";
  static final String DELIVERED = "pubsub.messages.delivered";
  public static final String BYTES_PUBLISHED = "pubsub.bytes.published";
  static final String BYTES_DELIVERED = "pubsub.bytes.delivered";
  private static final long MIN_BILLED_BYTES = 1_000;

  private Billing() {}

  public static long billed(long bytes) {
    return Math.max(MIN_BILLED_BYTES, bytes);
  }
}
