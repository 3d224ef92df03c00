package dev.in.emulator.firestore;

import dev.in.emulator.LocalCloud;
import dev.in.emulator.LocalCloudOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The suites against the local cloud. */
class LocalFirestoreTest extends FirestoreSuites {
  private static LocalCloud cloud;
  private static FirestoreBackend backend;

  @BeforeAll
  static void start() {
    cloud = LocalCloud.start(LocalCloudOptions.defaults());
    backend = FirestoreBackend.at(cloud.host(), new FirestoreBackend.Features(true));
  }

  @AfterAll
  static void stop() throws Exception {
    backend.firestore().close();
    cloud.close();
  }

  @Override
  FirestoreBackend backend() {
    return backend;
  }
}
