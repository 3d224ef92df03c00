package dev.in.core.google;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/**
 * The keys of Quarkiverse's Google Cloud extensions that iN's own producers read, so that swapping
 * the Firestore and Storage extensions in later changes no configuration.
 */
@ConfigMapping(prefix = "quarkus.google.cloud")
public interface GoogleConfig {

  /** The Google Cloud project's id. */
  String projectId();

  FirestoreConfig firestore();

  StorageConfig storage();

  /** Keys of the Firestore extension. */
  interface FirestoreConfig {
    /** {@code host:port} of an emulator, reached in plaintext without credentials. */
    Optional<String> hostOverride();

    @WithDefault("(default)")
    String databaseId();
  }

  /** Keys of the Storage extension. */
  interface StorageConfig {
    /** URL of an emulator, reached without credentials. */
    Optional<String> hostOverride();
  }
}
