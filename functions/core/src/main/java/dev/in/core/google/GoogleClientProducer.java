package dev.in.core.google;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.cloud.NoCredentials;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreOptions;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.cloud.pubsub.v1.stub.PublisherStubSettings;
import com.google.cloud.storage.BlobWriteSessionConfigs;
import com.google.cloud.storage.HttpStorageOptions;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import com.google.pubsub.v1.TopicName;
import dev.in.core.failure.TransientFailure;
import dev.in.core.publish.PubSubPublisher;
import dev.in.core.telemetry.Calls;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;

/** Makes the Google clients, for Google or for emulators. */
@ApplicationScoped
public class GoogleClientProducer {
  /** Memory that one upload takes; Cloud Storage wants multiples of 256 KiB. */
  private static final int UPLOAD_CHUNK_BYTES = 2 << 20;

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
  PubSubPublisher messagePublisher(GoogleConfig config) {
    return new PubSubPublisher(topic -> publisher(config, topic));
  }

  void close(@Disposes PubSubPublisher publisher) {
    publisher.close();
  }

  private static Publisher publisher(GoogleConfig config, String topic) {
    Publisher.Builder publisher = Publisher.newBuilder(TopicName.of(config.projectId(), topic));
    config
        .pubsub()
        .emulatorHost()
        .ifPresent(
            host ->
                publisher
                    .setCredentialsProvider(NoCredentialsProvider.create())
                    .setChannelProvider(
                        PublisherStubSettings.defaultGrpcTransportProviderBuilder()
                            .setEndpoint(host)
                            .setChannelConfigurator(channel -> channel.usePlaintext())
                            .build()));
    try {
      return publisher.build();
    } catch (IOException e) {
      throw new TransientFailure("no publisher can be made for " + topic, e);
    }
  }

  /** Emulators are named with their scheme by some and without it by others. */
  private static String url(String host) {
    return host.contains("://") ? host : "http://" + host;
  }
}
