package dev.in.core.engine;

import static java.util.Objects.requireNonNull;

import dev.in.core.publish.EventPublisher;
import dev.in.core.task.TaskStore;
import dev.in.events.Stage;
import dev.in.topology.Topology;
import java.time.InstantSource;

/** What every delivery attempt of one stage works with. */
record StageContext(
    Stage stage,
    StageWorker worker,
    DeliveryRules rules,
    Outbox outbox,
    Topology topology,
    TaskStore store,
    EventPublisher publisher,
    Instance instance,
    EndedClaims endedClaims,
    InstantSource clock) {
  StageContext {
    requireNonNull(stage, "stage is null");
    requireNonNull(worker, "worker is null");
    requireNonNull(rules, "rules is null");
    requireNonNull(outbox, "outbox is null");
    requireNonNull(topology, "topology is null");
    requireNonNull(store, "store is null");
    requireNonNull(publisher, "publisher is null");
    requireNonNull(instance, "instance is null");
    requireNonNull(endedClaims, "endedClaims is null");
    requireNonNull(clock, "clock is null");
  }
}
