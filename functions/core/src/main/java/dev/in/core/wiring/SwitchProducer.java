package dev.in.core.wiring;

import com.google.cloud.firestore.Firestore;
import dev.in.core.switches.CachedSwitches;
import dev.in.core.switches.FirestoreSwitchSource;
import dev.in.core.switches.SwitchConfig;
import dev.in.core.switches.Switches;
import dev.in.core.telemetry.Calls;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** The feature switches, for the functions that obey one. */
@ApplicationScoped
public class SwitchProducer {

  @Produces
  @Singleton
  @DefaultBean
  Switches switches(Firestore firestore, SwitchConfig config, Calls calls, InstantSource clock) {
    return new CachedSwitches(
        new FirestoreSwitchSource(firestore, calls, clock), config.maxAge(), clock);
  }
}
