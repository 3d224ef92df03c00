package dev.in.emulator.storage;

import dev.in.emulator.LocalCloud;
import dev.in.emulator.LocalCloudOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The suite against the local cloud. */
class LocalStorageTest extends StorageSuite {
  private static LocalCloud cloud;
  private static StorageBackend backend;

  @BeforeAll
  static void start() {
    cloud = LocalCloud.start(LocalCloudOptions.defaults());
    backend = StorageBackend.at(cloud.host(), "in-local-images");
  }

  @AfterAll
  static void stop() throws Exception {
    backend.storage().close();
    cloud.close();
  }

  @Override
  StorageBackend backend() {
    return backend;
  }
}
