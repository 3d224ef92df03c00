package dev.in.core.wiring;

import com.google.cloud.firestore.Firestore;
import dev.in.core.engine.WorkerInstance;
import dev.in.core.publish.PubSubPublisher;
import dev.in.core.startup.WarmUp.Warm;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;

/** What core does when a function starts and when it shuts down. */
@ApplicationScoped
public class CoreLifecycle {

  /** SIGTERM: release the leases; Quarkus then waits for the responses to go out. */
  void stop(@Observes ShutdownDelayInitiatedEvent event, WorkerInstance instance) {
    instance.stop();
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

  /** The client alone: there is no call to Pub/Sub's publisher that publishes nothing. */
  @Produces
  @Singleton
  Warm warmPublisher(Instance<PubSubPublisher> publisher) {
    return new Warm() {
      @Override
      public String name() {
        return "Pub/Sub";
      }

      @Override
      public void warm() {
        publisher.get();
      }
    };
  }
}
