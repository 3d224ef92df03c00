package dev.in.core.wiring;

import com.google.cloud.firestore.Firestore;
import dev.in.core.engine.WorkWatch;
import dev.in.core.startup.WarmUp.Warm;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;

/** What core does when a function starts and when it is told to stop. */
@ApplicationScoped
public class CoreLifecycle {

  /** SIGTERM: give the leases back; Quarkus then waits for the answers to go out. */
  void stop(@Observes ShutdownDelayInitiatedEvent event, WorkWatch watch) {
    watch.stop();
  }

  @Produces
  @Singleton
  Warm warmFirestore(Firestore firestore) {
    return new Warm() {
      @Override
      public String name() {
        return "Firestore";
      }

      @Override
      public void warm() throws Exception {
        firestore.collection("warmUp").document("warm-up").get().get(20, TimeUnit.SECONDS);
      }
    };
  }
}
