package dev.in.emulator.firestore;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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
class GoogleFirestoreTest extends FirestoreSuites {
  static final String VARIABLE = "IN_GOOGLE_FIRESTORE_EMULATOR";

  private static FirestoreBackend backend;

  @BeforeAll
  static void connect() {
    backend = FirestoreBackend.at(System.getenv(VARIABLE), new FirestoreBackend.Features(false));
  }

  @AfterAll
  static void disconnect() throws Exception {
    backend.firestore().close();
  }

  @Override
  FirestoreBackend backend() {
    return backend;
  }
}
