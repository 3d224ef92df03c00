package dev.in.sync;

import dev.in.coordinator.ClientSettings;
import dev.in.coordinator.CoordinatorClient;
import dev.in.coordinator.EdgeConnection;
import dev.in.coordinator.HttpCoordinatorClient;
import dev.in.coordinator.IdentityTokens;
import dev.in.core.edge.EdgeConfig;
import dev.in.core.google.GoogleIdentityTokens;
import dev.in.core.startup.WarmUp.Warm;
import dev.in.core.switches.Switch;
import dev.in.core.switches.SwitchGauge;
import dev.in.core.switches.Switches;
import dev.in.core.telemetry.Meters;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Puts sync's plain classes together. */
@ApplicationScoped
class SyncProducer {

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
  Warm callbacksSwitch(Switches switches, Meters meters) {
    return new SwitchGauge(Switch.CALLBACKS, switches, meters);
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
