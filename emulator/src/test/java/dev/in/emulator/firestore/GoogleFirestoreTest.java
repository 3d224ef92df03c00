package dev.in.emulator.firestore;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * The same suites against Google's own emulator, to prove them and not it. Start it with {@code
 * gcloud emulators firestore start} and name its {@code host:port} in the environment; the host
 * must be {@code localhost}.
 */
@EnabledIfEnvironmentVariable(
    named = GoogleFirestoreTest.VARIABLE,
    matches = ".+",
    disabledReason = "Google's Firestore emulator is not there")
class GoogleFirestoreTest {
  static final String VARIABLE = "IN_GOOGLE_FIRESTORE_EMULATOR";

  private static FirestoreBackend backend;

  @BeforeAll
  static void connect() {
    backend =
        FirestoreBackend.at(System.getenv(VARIABLE), new FirestoreBackend.Features(false, false));
  }

  @AfterAll
  static void disconnect() throws Exception {
    backend.firestore().close();
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
