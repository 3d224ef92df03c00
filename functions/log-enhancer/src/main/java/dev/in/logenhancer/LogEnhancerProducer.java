package dev.in.logenhancer;

import com.google.cloud.firestore.Firestore;
import dev.in.core.history.FirestoreHistory;
import dev.in.core.history.History;
import dev.in.topology.Topology;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Puts core's plain classes together that log-enhancer uses. */
@ApplicationScoped
class LogEnhancerProducer {

  @Produces
  @Singleton
  History history(Firestore firestore, Topology topology) {
    return new FirestoreHistory(firestore, topology.clocks().historyTtl());
  }
}
