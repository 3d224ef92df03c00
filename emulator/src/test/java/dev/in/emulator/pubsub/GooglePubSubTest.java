package dev.in.emulator.pubsub;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * The suites against Google's own emulator, so that they say what Pub/Sub does and not what we
 * think.
 */
class GooglePubSubTest extends PubSubSuites {
  private static PubSubBackend backend;

  @BeforeAll
  static void start() {
    Optional<Path> jar = GoogleBackend.jar();
    assumeTrue(jar.isPresent(), "SKIPPED: the Cloud SDK's pubsub-emulator is not installed");
    backend = GoogleBackend.start(jar.get());
  }

  @AfterAll
  static void stop() {
    if (backend != null) {
      backend.close();
    }
  }

  @Override
  PubSubBackend backend() {
    return backend;
  }
}
