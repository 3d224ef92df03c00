package dev.in.emulator.pubsub;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The suites against the local cloud. */
class LocalPubSubTest extends PubSubSuites {
  private static PubSubBackend backend;

  @BeforeAll
  static void start() {
    backend = LocalBackend.start();
  }

  @AfterAll
  static void stop() {
    backend.close();
  }

  @Override
  PubSubBackend backend() {
    return backend;
  }
}
