package dev.in.emulator.pubsub;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/**
 * The suites against Google's own emulator, so that they say what Pub/Sub does and not what we
 * think.
 */
class GooglePubSubTest {
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

  @Nested
  class Admin extends AdminSuite {
    @Override
    PubSubBackend backend() {
      return backend;
    }
  }

  @Nested
  class Publishing extends PublishSuite {
    @Override
    PubSubBackend backend() {
      return backend;
    }
  }

  @Nested
  class Pulling extends PullSuite {
    @Override
    PubSubBackend backend() {
      return backend;
    }
  }

  @Nested
  class Filters extends FilterSuite {
    @Override
    PubSubBackend backend() {
      return backend;
    }
  }

  @Nested
  class DeadLetters extends DeadLetterSuite {
    @Override
    PubSubBackend backend() {
      return backend;
    }
  }

  @Nested
  class Seeking extends SeekSuite {
    @Override
    PubSubBackend backend() {
      return backend;
    }
  }

  @Nested
  class Pushing extends PushSuite {
    @Override
    PubSubBackend backend() {
      return backend;
    }
  }
}
