package dev.in.emulator.pubsub;

/**
 * The names under which billable throughput is counted. Pub/Sub bills bytes published and
 * delivered, at least 1,000 a request (Pub/Sub pricing, "Message delivery").
 */
final class Billing {
  static final String PUBLISHED = "pubsub.messages.published";
  static final String DELIVERED = "pubsub.messages.delivered";
  static final String BYTES_PUBLISHED = "pubsub.bytes.published";
  static final String BYTES_DELIVERED = "pubsub.bytes.delivered";
  private static final long LEAST_BYTES = 1_000;

  private Billing() {}

  static long billed(long bytes) {
    return Math.max(LEAST_BYTES, bytes);
  }
}
