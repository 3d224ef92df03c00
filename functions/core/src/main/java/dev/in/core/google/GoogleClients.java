package dev.in.core.google;

import com.google.cloud.NoCredentials;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreOptions;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the plain Google clients that no extension makes here. */
@ApplicationScoped
public class GoogleClients {

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

  void close(@Disposes Firestore firestore) throws Exception {
    firestore.close();
  }

  @Produces
  @Singleton
  @DefaultBean
  Storage storage(GoogleConfig config) {
    StorageOptions.Builder options = StorageOptions.newBuilder().setProjectId(config.projectId());
    config
        .storage()
        .hostOverride()
        .ifPresent(host -> options.setHost(host).setCredentials(NoCredentials.getInstance()));
    return options.build().getService();
  }
}
