package dev.in.notification;

import com.google.cloud.firestore.Firestore;
import dev.in.coordinator.ClientSettings;
import dev.in.coordinator.CoordinatorClient;
import dev.in.coordinator.EdgeConnection;
import dev.in.coordinator.HttpCoordinatorClient;
import dev.in.coordinator.HttpMailPreferencesClient;
import dev.in.coordinator.IdentityTokens;
import dev.in.coordinator.MailPreferences;
import dev.in.coordinator.MailPreferencesClient;
import dev.in.core.edge.EdgeConfig;
import dev.in.core.google.GoogleIdentityTokens;
import dev.in.core.startup.WarmUp.Warm;
import dev.in.core.telemetry.Calls;
import dev.in.core.telemetry.Tracing;
import dev.in.topology.Topology;
import io.quarkus.arc.DefaultBean;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.MailClient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;

/** Puts notification's plain classes together. */
@RegisterForReflection(targets = {MailPreferences.class, MailPreferences.Confirmation.class})
@ApplicationScoped
class NotificationProducer {

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
  CoordinatorClient coordinatorClient(EdgeConnection connection) {
    return new HttpCoordinatorClient(connection);
  }

  @Produces
  @Singleton
  @DefaultBean
  MailPreferencesClient mailPreferencesClient(EdgeConnection connection) {
    return new HttpMailPreferencesClient(connection);
  }

  @Produces
  @Singleton
  MailHandler mailHandler(
      MailPreferencesClient preferences,
      Vertx vertx,
      MailClient client,
      Firestore firestore,
      Topology topology,
      MailTexts texts,
      Calls calls,
      Tracing tracing,
      EdgeConfig edge,
      MailConfig mail,
      InstantSource clock) {
    return new MailHandler(
        preferences,
        transport(mail, vertx, client),
        new FirestoreMailLog(firestore, topology.clocks().documentTtl()),
        texts,
        calls,
        tracing,
        edge,
        mail,
        clock);
  }

  private static Optional<MailTransport> transport(
      MailConfig mail, Vertx vertx, MailClient client) {
    return mail.from()
        .map(
            from ->
                mail.folder().isPresent()
                    ? new FileTransport(mail.folder().get(), from)
                    : new SmtpTransport(vertx, client, from));
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
