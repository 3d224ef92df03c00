package dev.in.tagindexer;

import dev.in.coordinator.ClientSettings;
import dev.in.coordinator.EdgeConnection;
import dev.in.coordinator.HttpLibraryClient;
import dev.in.coordinator.IdentityTokens;
import dev.in.coordinator.LibraryClient;
import dev.in.core.edge.EdgeConfig;
import dev.in.core.google.GoogleIdentityTokens;
import dev.in.core.startup.WarmUp.Warm;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Puts tag-indexer's plain classes together. */
@ApplicationScoped
class TagIndexerProducer {

  @Produces
  @Singleton
  EdgeConnection edgeConnection(EdgeConfig edge, GoogleIdentityTokens tokens) {
    return new EdgeConnection(
        edge.url(),
        edge.audience(),
        IdentityTokens.of(tokens::idToken, tokens::freshIdToken),
        ClientSettings.DEFAULT);
  }

  void close(@Disposes EdgeConnection connection) {
    connection.close();
  }

  @Produces
  @Singleton
  @DefaultBean
  LibraryClient libraryClient(EdgeConnection connection) {
    return new HttpLibraryClient(connection);
  }

  @Produces
  @Singleton
  Warm warmTokens(EdgeConnection connection) {
    return new Warm() {
      @Override
      public String name() {
        return "the ID token for the edge";
      }

      @Override
      public void warm() throws Exception {
        connection.warm();
      }
    };
  }
}
