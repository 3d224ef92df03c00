package dev.in.sync;

import dev.in.coordinator.ClientSettings;
import dev.in.coordinator.HttpCoordinatorClient;
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
  @DefaultBean
  HttpCoordinatorClient coordinatorClient(EdgeConfig edge, GoogleIdentityTokens tokens) {
    return new HttpCoordinatorClient(edge.url(), edge.audience(), tokens, ClientSettings.DEFAULT);
  }

  void close(@Disposes HttpCoordinatorClient client) {
    client.close();
  }

  @Produces
  @Singleton
  Warm callbacksSwitch(Switches switches, Meters meters) {
    return new SwitchGauge(Switch.CALLBACKS, switches, meters);
  }

  @Produces
  @Singleton
  Warm warmTokens(EdgeConfig edge, GoogleIdentityTokens tokens) {
    return new Warm() {
      @Override
      public String name() {
        return "the ID token for the edge";
      }

      @Override
      public void warm() throws Exception {
        tokens.idToken(edge.audience());
      }
    };
  }
}
