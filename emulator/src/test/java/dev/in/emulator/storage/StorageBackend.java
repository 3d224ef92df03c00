package dev.in.emulator.storage;

import com.google.cloud.NoCredentials;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageException;
import com.google.cloud.storage.StorageOptions;
import java.util.UUID;

/**
 * A Cloud Storage that a suite of tests runs against, through Google's own client.
 *
 * @param storage the client
 * @param bucket one that is there
 */
record StorageBackend(Storage storage, String bucket) {

  static StorageBackend at(String host, String bucket) {
    return new StorageBackend(
        StorageOptions.newBuilder()
            .setProjectId("in-local")
            .setHost("http://" + host)
            .setCredentials(NoCredentials.getInstance())
            .build()
            .getService(),
        bucket);
  }

  /** A name below which no other test has objects, ending in a slash. */
  static String freshPrefix() {
    return "t-" + UUID.randomUUID() + "/";
  }

  BlobInfo blob(String name) {
    return BlobInfo.newBuilder(BlobId.of(bucket, name)).setContentType("image/jpeg").build();
  }

  /** The failure of a call that should fail. */
  static StorageException refusal(Runnable call) {
    try {
      call.run();
    } catch (StorageException refused) {
      return refused;
    }
    throw new AssertionError("The call succeeded");
  }
}
