package dev.in.logenhancer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.in.core.failure.Deadline;
import dev.in.core.handler.Delivery;
import dev.in.core.handler.EventHandler;
import dev.in.core.handler.Outcome;
import dev.in.core.handler.Outcome.Ack;
import dev.in.core.history.EventFacts;
import dev.in.core.history.History;
import dev.in.core.history.HistoryEntry;
import dev.in.core.task.StoredTask;
import dev.in.core.task.TaskStore;
import dev.in.core.telemetry.Calls;
import dev.in.events.Event;
import dev.in.events.INEvent;
import dev.in.events.MalformedEventException;
import dev.in.events.Payload;
import dev.in.topology.Topology;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Keeps every event in the history and logs it, each once, with what the task's document says: one
 * read and one write an event. Also events of types that this version does not know: a newer one
 * may want them again.
 */
@ApplicationScoped
class LogEnhancerHandler implements EventHandler {
  private final TaskStore store;
  private final History history;
  private final Calls calls;
  private final Topology topology;
  private final InstantSource clock;

  LogEnhancerHandler(
      TaskStore store, History history, Calls calls, Topology topology, InstantSource clock) {
    this.store = requireNonNull(store, "store is null");
    this.history = requireNonNull(history, "history is null");
    this.calls = requireNonNull(calls, "calls is null");
    this.topology = requireNonNull(topology, "topology is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  @Override
  public Outcome handle(Delivery<? extends Payload> delivery) throws MalformedEventException {
    Deadline deadline = Deadline.in(topology.clocks().workBudget(), clock);
    INEvent<? extends Payload> event = delivery.event();
    Optional<EventFacts> facts = facts(event, deadline);
    HistoryEntry entry =
        new HistoryEntry(
            event.eventId(),
            event.eventType(),
            event.taskId(),
            clock.instant(),
            new String(delivery.message().data(), UTF_8), // read as such already
            delivery.message().attributes(),
            facts);
    if (!calls.make("firestore.history", () -> history.add(entry, deadline))) {
      return new Ack("in the history already");
    }
    EventLog.write(event, delivery.routing(), facts);
    return new Ack("added to the history");
  }

  private Optional<EventFacts> facts(INEvent<? extends Payload> event, Deadline deadline) {
    if (!(event.payload() instanceof Event)) {
      return Optional.empty(); // no document says anything of it
    }
    return store
        .read(event.taskId(), deadline)
        .map(StoredTask::document)
        .flatMap(task -> TaskFacts.of(event, task));
  }
}
