package dev.in.sync;

import static java.util.Objects.requireNonNull;

import dev.in.coordinator.CallContext;
import dev.in.coordinator.CoordinatorClient;
import dev.in.coordinator.StatusUpdate;
import dev.in.coordinator.UpdateAnswer;
import dev.in.core.edge.EdgeConfig;
import dev.in.core.failure.Deadline;
import dev.in.core.handler.Delivery;
import dev.in.core.handler.EventHandler;
import dev.in.core.handler.Outcome;
import dev.in.core.handler.Outcome.Ack;
import dev.in.core.handler.Outcome.Nack;
import dev.in.core.handler.ReceivedMessage;
import dev.in.core.message.DeadLetters;
import dev.in.core.switches.Switch;
import dev.in.core.switches.Switches;
import dev.in.core.task.StoredTask;
import dev.in.core.task.TaskDocument;
import dev.in.core.task.TaskStore;
import dev.in.core.telemetry.Calls;
import dev.in.core.telemetry.Tracing;
import dev.in.events.INEvent;
import dev.in.events.MalformedEventException;
import dev.in.events.Payload;
import dev.in.events.RecognizedPayload;
import dev.in.events.TaskCompleted;
import dev.in.events.TaskFailed;
import dev.in.events.Unrecognized;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Reports a task's end to its coordinator at the edge. An unreachable edge delays the result, for
 * as long as the subscription keeps messages, and never changes it.
 */
@ApplicationScoped
class SyncHandler implements EventHandler {
  private static final Logger LOG = Logger.getLogger(SyncHandler.class);

  private static final Outcome CALLBACKS_OFF = new Nack("callbacks are switched off");

  private final CoordinatorClient coordinator;
  private final TaskStore store;
  private final DeadLetters deadLetters;
  private final Switches switches;
  private final Calls calls;
  private final Tracing tracing;
  private final EdgeConfig edge;
  private final InstantSource clock;

  SyncHandler(
      CoordinatorClient coordinator,
      TaskStore store,
      DeadLetters deadLetters,
      Switches switches,
      Calls calls,
      Tracing tracing,
      EdgeConfig edge,
      InstantSource clock) {
    this.coordinator = requireNonNull(coordinator, "coordinator is null");
    this.store = requireNonNull(store, "store is null");
    this.deadLetters = requireNonNull(deadLetters, "deadLetters is null");
    this.switches = requireNonNull(switches, "switches is null");
    this.calls = requireNonNull(calls, "calls is null");
    this.tracing = requireNonNull(tracing, "tracing is null");
    this.edge = requireNonNull(edge, "edge is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  @Override
  public Outcome handle(Delivery<? extends Payload> delivery) throws MalformedEventException {
    INEvent<?> event = delivery.event();
    return switch (event.payload()) {
      case TaskCompleted _ ->
          sendEnd(delivery, task -> task.map(document -> Updates.completed(event, document)));
      case TaskFailed failure ->
          // Recovery also fails what has no document: the coordinator waits for it all the same.
          sendEnd(delivery, task -> Optional.of(Updates.failed(event, failure, task)));
      case Unrecognized _ -> new Ack("unknown event type");
      case RecognizedPayload other ->
          throw new MalformedEventException("a " + other.wireType() + " is not for sync");
    };
  }

  private Outcome sendEnd(
      Delivery<? extends Payload> delivery,
      Function<Optional<TaskDocument>, Optional<StatusUpdate>> update) {
    if (callbacksAreOff()) {
      return CALLBACKS_OFF; // before the read: the message is delivered again and again
    }
    INEvent<?> event = delivery.event();
    Optional<TaskDocument> task =
        store.read(event.taskId(), Deadline.in(edge.timeLimit(), clock)).map(StoredTask::document);
    if (task.filter(document -> document.task().run() > event.run()).isPresent()) {
      return new Ack("a newer run will report");
    }
    return update
        .apply(task)
        .map(end -> send(end, delivery.message()))
        .orElseGet(() -> new Ack("the task is gone"));
  }

  private boolean callbacksAreOff() {
    return !switches.isOn(Switch.CALLBACKS);
  }

  private Outcome send(StatusUpdate update, ReceivedMessage message) {
    UpdateAnswer answer =
        calls.make("edge.update", UpdateAnswer.Accepted.class::isInstance, () -> call(update));
    return switch (answer) {
      case UpdateAnswer.Accepted() -> new Ack("reported");
      case UpdateAnswer.UnknownTask() -> deadLetter(message, "the edge does not know the task");
      case UpdateAnswer.Refused(int status, String detail) ->
          deadLetter(message, "the edge refused the update: " + status + " " + detail);
      case UpdateAnswer.NotAuthorized(int status, String detail) -> {
        LOG.errorf("the edge does not accept sync's token: %d %s", status, detail);
        yield new Nack("not authorized at the edge");
      }
      case UpdateAnswer.Unavailable(String detail) -> {
        LOG.warnf("the edge cannot be reached: %s", detail);
        yield new Nack("the edge is unavailable");
      }
    };
  }

  private UpdateAnswer call(StatusUpdate update) {
    return coordinator.send(
        update, new CallContext(edge.timeLimit(), tracing.currentTraceparent()));
  }

  /** No retry can help: kept among the dead letters for people, with an alert by its log line. */
  private Outcome deadLetter(ReceivedMessage message, String reason) {
    LOG.errorf("the edge refused an update: %s", reason);
    deadLetters.add(message, reason);
    return new Ack("refused by the edge");
  }
}
