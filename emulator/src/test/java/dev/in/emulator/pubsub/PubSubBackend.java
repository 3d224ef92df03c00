package dev.in.emulator.pubsub;

/** A Pub/Sub that the suites run against. */
interface PubSubBackend extends AutoCloseable {

  /**
   * What it does of all that the suites ask; what it does not is skipped, visibly.
   *
   * @param limits refuses what exceeds Pub/Sub's limits
   * @param filters filters, and refuses filters that are none
   * @param deadLetters forwards dead letters, and tells on each where it comes from
   * @param pushSubscriptionsArePushOnly refuses to have a push subscription pulled
   * @param pushAttempts tells the attempt in a push where a dead-letter policy counts it
   */
  record Features(
      boolean limits,
      boolean filters,
      boolean deadLetters,
      boolean pushSubscriptionsArePushOnly,
      boolean pushAttempts) {}

  Features features();

  /** {@code localhost:PORT}, for plaintext gRPC. */
  String host();

  @Override
  void close();
}
