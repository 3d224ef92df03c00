package dev.in.emulator.pubsub;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** The suites against the local cloud. */
class LocalPubSubTest {
  private static PubSubBackend backend;

  @BeforeAll
  static void start() {
    backend = LocalBackend.start();
  }

  @AfterAll
  static void stop() {
    backend.close();
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
