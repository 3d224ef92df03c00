package dev.in.core.google;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/**
 * The keys of Quarkiverse's Google Cloud extensions, which {@link GoogleClientProducer} reads in
 * their place (docs/decisions/0005).
 */
@ConfigMapping(prefix = "quarkus.google.cloud")
public interface GoogleConfig {

  /** The Google Cloud project's id. */
  String projectId();

  PubSubConfig pubsub();

  FirestoreConfig firestore();

  StorageConfig storage();

  /** Keys of the Pub/Sub extension. */
  interface PubSubConfig {
    /** {@code host:port} of an emulator, reached in plaintext without credentials. */
    Optional<String> emulatorHost();
  }

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
