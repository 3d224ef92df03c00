package dev.in.tagindexer;

import static java.util.Objects.requireNonNull;

import dev.in.coordinator.CallContext;
import dev.in.coordinator.LibraryClient;
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
import dev.in.core.task.StoredTask;
import dev.in.core.task.TaskDocument;
import dev.in.core.task.TaskStore;
import dev.in.core.telemetry.Calls;
import dev.in.core.telemetry.Tracing;
import dev.in.events.FailureCode;
import dev.in.events.INEvent;
import dev.in.events.Payload;
import dev.in.events.RecognizedPayload;
import dev.in.events.TaskCompleted;
import dev.in.events.TaskFailed;
import dev.in.events.Unrecognized;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Sends the library entry of a task that has ended to its owner's account at the edge: one read and
 * one call a task. Until it ends, the library has what the submit said; earlier events would add a
 * read each and nothing that lasts. An unreachable edge delays an entry and loses none.
 */
@ApplicationScoped
class TagIndexerHandler implements EventHandler {
  private static final Logger LOG = Logger.getLogger(TagIndexerHandler.class);

  private final LibraryClient library;
  private final TaskStore store;
  private final DeadLetters deadLetters;
  private final Calls calls;
  private final Tracing tracing;
  private final EdgeConfig edge;
  private final InstantSource clock;

  TagIndexerHandler(
      LibraryClient library,
      TaskStore store,
      DeadLetters deadLetters,
      Calls calls,
      Tracing tracing,
      EdgeConfig edge,
      InstantSource clock) {
    this.library = requireNonNull(library, "library is null");
    this.store = requireNonNull(store, "store is null");
    this.deadLetters = requireNonNull(deadLetters, "deadLetters is null");
    this.calls = requireNonNull(calls, "calls is null");
    this.tracing = requireNonNull(tracing, "tracing is null");
    this.edge = requireNonNull(edge, "edge is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  @Override
  public Outcome handle(Delivery<? extends Payload> delivery) {
    return switch (delivery.event().payload()) {
      case TaskCompleted _ -> index(delivery, Optional.empty());
      case TaskFailed failed -> index(delivery, Optional.of(failed.code()));
      case RecognizedPayload _ -> new Ack("not the end of a task");
      case Unrecognized _ -> new Ack("unknown event type");
    };
  }

  private Outcome index(Delivery<? extends Payload> delivery, Optional<FailureCode> failure) {
    INEvent<?> event = delivery.event();
    Optional<TaskDocument> stored =
        store.read(event.taskId(), Deadline.in(edge.timeLimit(), clock)).map(StoredTask::document);
    if (stored.isEmpty()) {
      return new Ack("the task is gone");
    }
    TaskDocument task = stored.get();
    if (task.task().run() > event.run()) {
      return new Ack("a newer run will end");
    }
    UpdateAnswer answer =
        calls.make("edge.entry", UpdateAnswer.Accepted.class::isInstance, () -> put(task, failure));
    return outcome(answer, delivery.message());
  }

  private UpdateAnswer put(TaskDocument task, Optional<FailureCode> failure) {
    return library.put(
        task.routing().owner(),
        task.task().taskId(),
        LibraryEntries.of(task, failure),
        new CallContext(edge.timeLimit(), tracing.currentTraceparent()));
  }

  private Outcome outcome(UpdateAnswer answer, ReceivedMessage message) {
    return switch (answer) {
      case UpdateAnswer.Accepted() -> new Ack("indexed");
      case UpdateAnswer.UnknownTask() -> deadLetter(message, "the edge does not know the task");
      case UpdateAnswer.Refused(int status, String detail) ->
          deadLetter(message, "the edge refused the entry: " + status + " " + detail);
      case UpdateAnswer.NotAuthorized(int status, String detail) -> {
        LOG.errorf("the edge does not accept tag-indexer's token: %d %s", status, detail);
        yield new Nack("not authorized at the edge");
      }
      case UpdateAnswer.Unavailable(String detail) -> {
        LOG.warnf("the edge cannot be reached: %s", detail);
        yield new Nack("the edge is unavailable");
      }
    };
  }

  /** No retry can help: kept among the dead letters for people, with an alert by its log line. */
  private Outcome deadLetter(ReceivedMessage message, String reason) {
    LOG.errorf("the edge refused an entry: %s", reason);
    deadLetters.add(message, reason);
    return new Ack("refused by the edge");
  }
}
