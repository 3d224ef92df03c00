package dev.in.emulator.firestore;

import dev.in.emulator.LocalCloud;
import dev.in.emulator.LocalCloudOptions;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** The suites against the local cloud. */
class LocalFirestoreTest {
  private static LocalCloud cloud;
  private static FirestoreBackend backend;

  @BeforeAll
  static void start() {
    cloud =
        LocalCloud.start(
            LocalCloudOptions.defaults()
                .withFirestore(FirestoreSettings.defaults().withLockWait(Duration.ofMillis(300))));
    backend =
        FirestoreBackend.at("localhost:" + cloud.port(), new FirestoreBackend.Features(true, true));
  }

  @AfterAll
  static void stop() throws Exception {
    backend.firestore().close();
    cloud.close();
  }

  @Nested
  class Documents extends DocumentSuite {
    @Override
    FirestoreBackend backend() {
      return backend;
    }
  }

  @Nested
  class Transforms extends TransformSuite {
    @Override
    FirestoreBackend backend() {
      return backend;
    }
  }

  @Nested
  class Queries extends QuerySuite {
    @Override
    FirestoreBackend backend() {
      return backend;
    }
  }

  @Nested
  class Transactions extends TransactionSuite {
    @Override
    FirestoreBackend backend() {
      return backend;
    }
  }
}
