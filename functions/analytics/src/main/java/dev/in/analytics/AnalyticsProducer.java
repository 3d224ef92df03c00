package dev.in.analytics;

import com.google.cloud.firestore.Firestore;
import dev.in.core.history.FirestoreHistory;
import dev.in.core.history.History;
import dev.in.core.telemetry.Meters;
import dev.in.topology.Topology;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Puts analytics' plain classes together. */
@ApplicationScoped
class AnalyticsProducer {

  /** Statistics live as long as the history, so that they can always be counted again. */
  @Produces
  @Singleton
  RollUp rollUp(Firestore firestore, Topology topology, InstantSource clock) {
    History history = new FirestoreHistory(firestore, topology.clocks().historyTtl());
    StatisticsStore store = new FirestoreStatisticsStore(firestore, topology.clocks().historyTtl());
    return new RollUp(history, store, clock);
  }

  @Produces
  @Singleton
  Prices prices(Topology topology) {
    return Prices.load(topology.clocks().documentTtl());
  }

  @Produces
  @Singleton
  HourMeters hourMeters(RollUp rollUp, Prices prices, Meters meters) {
    return new HourMeters(rollUp, prices, meters);
  }
}
