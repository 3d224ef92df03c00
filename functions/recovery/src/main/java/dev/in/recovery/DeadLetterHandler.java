package dev.in.recovery;

import static java.util.Objects.requireNonNull;

import dev.in.core.engine.TaskRecovery;
import dev.in.core.failure.Deadline;
import dev.in.core.handler.Outcome;
import dev.in.core.handler.Outcome.Ack;
import dev.in.core.handler.Outcome.Nack;
import dev.in.core.handler.ReceivedMessage;
import dev.in.core.publish.MessagePublisher;
import dev.in.core.publish.Outgoing;
import dev.in.core.task.TaskQueries;
import dev.in.core.task.TaskQueries.TaskState;
import dev.in.events.INEvent;
import dev.in.events.TaskMessage;
import dev.in.topology.Topology;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Dead letters. A message of the chain moves its task on where that stands still; one of another
 * consumer, and one that cannot be decoded, is recorded for people.
 */
@ApplicationScoped
class DeadLetterHandler {
  private static final Logger LOG = Logger.getLogger(DeadLetterHandler.class);

  private final Topology topology;
  private final TaskRecovery recovery;
  private final TaskQueries queries;
  private final MessagePublisher publisher;
  private final DeadLetterStore store;
  private final InstantSource clock;

  DeadLetterHandler(
      Topology topology,
      TaskRecovery recovery,
      TaskQueries queries,
      MessagePublisher publisher,
      DeadLetterStore store,
      InstantSource clock) {
    this.topology = requireNonNull(topology, "topology is null");
    this.recovery = requireNonNull(recovery, "recovery is null");
    this.queries = requireNonNull(queries, "queries is null");
    this.publisher = requireNonNull(publisher, "publisher is null");
    this.store = requireNonNull(store, "store is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** Recorded last: until then the message is delivered again, and everything here repeats well. */
  Outcome handle(ReceivedMessage message) {
    DeadLetter letter = DeadLetter.of(message);
    Deadline deadline = Deadline.in(topology.clocks().workBudget(), clock);
    String done = act(letter, deadline);
    if (done.equals(CONTENDED)) {
      return new Nack(CONTENDED);
    }
    store.record(letter, done, clock.instant(), deadline);
    letter.event().ifPresent(event -> forgetIfDeleted(event.taskId(), deadline));
    LOG.errorf(
        "dead letter %s of %s: %s (%s)",
        letter.id(),
        letter.subscription().isEmpty() ? "an unknown subscription" : letter.subscription(),
        letter.reason().orElse("all deliveries failed"),
        done);
    return new Ack("dead letter: " + done);
  }

  /**
   * Looked at behind the record, as a deletion looks for records behind its tombstone: one of the
   * two sees what the other has written.
   */
  private void forgetIfDeleted(String taskId, Deadline deadline) {
    if (queries.state(taskId, deadline) instanceof TaskState.Deleted) {
      store.removeTask(taskId, deadline);
    }
  }

  private static final String CONTENDED = "contended";

  private String act(DeadLetter letter, Deadline deadline) {
    if (letter.event().isEmpty()) {
      return "recorded";
    }
    INEvent<?> event = letter.event().get();
    if (!(event.payload() instanceof TaskMessage request)) {
      return "recorded";
    }
    return switch (recovery.settle(event.taskId(), event.run(), deadline)) {
      case NO_TASK -> letter.exhausted() ? publishAgain(letter, request, deadline) : "recorded";
      case OLDER_RUN -> "older run";
      case ENDED -> "task has ended";
      case IN_PROGRESS -> "in progress";
      case NUDGED -> "published again";
      case TIMED_OUT -> "timed out";
      case CONTENDED -> CONTENDED;
      case NOT_FAILED, REDRIVEN, CANCELLED, DELETED ->
          throw new IllegalStateException("settle does no such thing");
    };
  }

  /** No document was ever made of it: the first stage could not even write one. */
  private String publishAgain(DeadLetter letter, TaskMessage request, Deadline deadline) {
    String topic = topology.topicOf(request.type()).name();
    publisher.publish(List.of(new Outgoing(topic, letter.data(), letter.attributes())), deadline);
    return "published again";
  }
}
