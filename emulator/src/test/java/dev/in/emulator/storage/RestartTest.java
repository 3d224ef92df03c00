package dev.in.emulator.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.NoCredentials;
import com.google.cloud.Timestamp;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreOptions;
import com.google.cloud.firestore.Precondition;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import dev.in.emulator.LocalCloud;
import dev.in.emulator.LocalCloudOptions;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents and objects outlive the local cloud that has a data directory. */
class RestartTest {
  private static final BlobInfo BLOB = BlobInfo.newBuilder("in-local-images", "a/b").build();

  @TempDir Path data;

  private interface Session {
    void use(Firestore firestore, Storage storage) throws Exception;
  }

  private void session(Session session) throws Exception {
    try (LocalCloud cloud =
            LocalCloud.start(LocalCloudOptions.builder().dataDirectory(data).build());
        Firestore firestore =
            FirestoreOptions.newBuilder()
                .setProjectId("in-local")
                .setEmulatorHost(cloud.host())
                .build()
                .getService();
        Storage storage =
            StorageOptions.newBuilder()
                .setProjectId("in-local")
                .setHost(cloud.endpoint().toString())
                .setCredentials(NoCredentials.getInstance())
                .build()
                .getService()) {
      session.use(firestore, storage);
    }
  }

  @Test
  void guardsHoldAcrossARestart() throws Exception {
    var written = new Timestamp[1];
    var stored = new Blob[1];
    session(
        (firestore, storage) -> {
          written[0] = firestore.document("tasks/t1").create(Map.of("n", 1L)).get().getUpdateTime();
          stored[0] = storage.create(BLOB, new byte[] {1, 2, 3});
        });

    session(
        (firestore, storage) -> {
          DocumentSnapshot snapshot = firestore.document("tasks/t1").get().get();
          assertThat(snapshot.getData()).isEqualTo(Map.of("n", 1L));
          assertThat(snapshot.getUpdateTime()).isEqualTo(written[0]);
          assertThat(
                  firestore
                      .document("tasks/t1")
                      .update(Map.of("n", 2L), Precondition.updatedAt(written[0]))
                      .get()
                      .getUpdateTime())
              .isGreaterThan(written[0]);
          assertThat(
                  storage.readAllBytes(
                      BLOB.getBlobId(),
                      Storage.BlobSourceOption.generationMatch(stored[0].getGeneration())))
              .containsExactly(1, 2, 3);
        });
  }

  @Test
  void aDataDirectoryHasOneUser() throws Exception {
    session(
        (firestore, storage) ->
            assertThatThrownBy(
                    () -> LocalCloud.start(LocalCloudOptions.builder().dataDirectory(data).build()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("in use by another local cloud"));
  }
}
