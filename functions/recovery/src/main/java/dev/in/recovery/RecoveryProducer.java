package dev.in.recovery;

import com.google.cloud.firestore.Firestore;
import dev.in.core.engine.TaskRecovery;
import dev.in.core.history.FirestoreHistory;
import dev.in.core.history.History;
import dev.in.core.publish.EventPublisher;
import dev.in.core.task.FirestoreTaskQueries;
import dev.in.core.task.TaskQueries;
import dev.in.core.task.TaskStore;
import dev.in.topology.Topology;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Puts core's plain classes together that only recovery uses. */
@ApplicationScoped
class RecoveryProducer {

  @Produces
  @Singleton
  TaskRecovery taskRecovery(
      Topology topology, TaskStore store, EventPublisher publisher, InstantSource clock) {
    return new TaskRecovery(topology, store, publisher, clock);
  }

  @Produces
  @Singleton
  TaskQueries taskQueries(Firestore firestore) {
    return new FirestoreTaskQueries(firestore);
  }

  @Produces
  @Singleton
  History history(Firestore firestore, Topology topology) {
    return new FirestoreHistory(firestore, topology.clocks().historyTtl());
  }
}
