package dev.in.core.google;

import com.google.api.gax.batching.BatchingSettings;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.rpc.BatchingCallSettings;
import com.google.cloud.NoCredentials;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreOptions;
import com.google.cloud.pubsub.v1.stub.PublisherStubSettings;
import com.google.cloud.storage.BlobWriteSessionConfigs;
import com.google.cloud.storage.HttpStorageOptions;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import dev.in.core.publish.PubSubPublisher;
import dev.in.core.telemetry.Calls;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;

/** Makes the Google clients, for Google or for emulators. */
@ApplicationScoped
public class GoogleClientProducer {
  /** Memory that one upload takes; Cloud Storage wants multiples of 256 KiB. */
  private static final int UPLOAD_CHUNK_BYTES = 2 << 20;

  /** After which it is tried again on its way, as by Google's {@code Publisher}. */
  private static final Duration PUBLISH_TIMEOUT = Duration.ofSeconds(5);

  private static final double PUBLISH_TIMEOUT_MULTIPLIER = 4;

  @Produces
  @Singleton
  @DefaultBean
  Firestore firestore(GoogleConfig config) {
    FirestoreOptions.Builder options =
        FirestoreOptions.newBuilder()
            .setProjectId(config.projectId())
            .setDatabaseId(config.firestore().databaseId());
    config.firestore().hostOverride().ifPresent(options::setEmulatorHost);
    return options.build().getService();
  }

  /** Firestore's own close() waits up to five minutes for calls under way. */
  void close(@Disposes Firestore firestore) {
    firestore.shutdownNow();
  }

  @Produces
  @Singleton
  @DefaultBean
  Storage storage(GoogleConfig config, Calls calls) {
    HttpStorageOptions.Builder options =
        StorageOptions.http()
            .setProjectId(config.projectId())
            .setTransportOptions(new ObservedTransport(calls))
            .setBlobWriteSessionConfig(
                BlobWriteSessionConfigs.getDefault().withChunkSize(UPLOAD_CHUNK_BYTES));
    config
        .storage()
        .hostOverride()
        .ifPresent(host -> options.setHost(url(host)).setCredentials(NoCredentials.getInstance()));
    return options.build().getService();
  }

  @Produces
  @Singleton
  @DefaultBean
  PubSubPublisher messagePublisher(GoogleConfig config) throws IOException {
    PublisherStubSettings.Builder settings = PublisherStubSettings.newBuilder();
    BatchingCallSettings.Builder<?, ?> publish = settings.publishSettings();
    publish.setBatchingSettings(BatchingSettings.newBuilder().setIsEnabled(false).build());
    publish.setRetrySettings(
        publish.getRetrySettings().toBuilder()
            .setInitialRpcTimeoutDuration(PUBLISH_TIMEOUT)
            .setRpcTimeoutMultiplier(PUBLISH_TIMEOUT_MULTIPLIER)
            .build());
    config
        .pubsub()
        .emulatorHost()
        .ifPresent(
            host ->
                settings
                    .setCredentialsProvider(NoCredentialsProvider.create())
                    .setTransportChannelProvider(
                        PublisherStubSettings.defaultGrpcTransportProviderBuilder()
                            .setEndpoint(host)
                            .setChannelConfigurator(channel -> channel.usePlaintext())
                            .build()));
    return new PubSubPublisher(config.projectId(), settings.build().createStub());
  }

  void close(@Disposes PubSubPublisher publisher) {
    publisher.close();
  }

  /** Emulators are named with their scheme by some and without it by others. */
  private static String url(String host) {
    return host.contains("://") ? host : "http://" + host;
  }
}
