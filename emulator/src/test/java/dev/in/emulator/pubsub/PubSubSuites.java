package dev.in.emulator.pubsub;

import org.junit.jupiter.api.Nested;

/** All suites, for a class that says what they run against. */
abstract class PubSubSuites {

  abstract PubSubBackend backend();

  @Nested
  class Admin extends AdminSuite {
    @Override
    PubSubBackend backend() {
      return PubSubSuites.this.backend();
    }
  }

  @Nested
  class Publishing extends PublishSuite {
    @Override
    PubSubBackend backend() {
      return PubSubSuites.this.backend();
    }
  }

  @Nested
  class Pulling extends PullSuite {
    @Override
    PubSubBackend backend() {
      return PubSubSuites.this.backend();
    }
  }

  @Nested
  class Filters extends FilterSuite {
    @Override
    PubSubBackend backend() {
      return PubSubSuites.this.backend();
    }
  }

  @Nested
  class DeadLetters extends DeadLetterSuite {
    @Override
    PubSubBackend backend() {
      return PubSubSuites.this.backend();
    }
  }

  @Nested
  class Seeking extends SeekSuite {
    @Override
    PubSubBackend backend() {
      return PubSubSuites.this.backend();
    }
  }

  @Nested
  class Pushing extends PushSuite {
    @Override
    PubSubBackend backend() {
      return PubSubSuites.this.backend();
    }
  }
}
