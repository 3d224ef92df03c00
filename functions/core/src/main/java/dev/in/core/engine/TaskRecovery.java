package dev.in.core.engine;

import static java.util.Objects.requireNonNull;

import dev.in.core.failure.Deadline;
import dev.in.core.publish.EventPublisher;
import dev.in.core.publish.Publications;
import dev.in.core.task.StageError;
import dev.in.core.task.StageState;
import dev.in.core.task.StoredTask;
import dev.in.core.task.TaskDocument;
import dev.in.core.task.TaskStatus;
import dev.in.core.task.TaskStore;
import dev.in.events.EventAttributes.Routing;
import dev.in.events.FailureCode;
import dev.in.events.INEvent;
import dev.in.events.Stage;
import dev.in.events.TaskFailed;
import dev.in.events.TaskRef;
import dev.in.topology.Topology;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * What {@code recovery} does with one task: nobody but it and the holder of a lease ever writes a
 * task document. Every write is guarded and every operation may be repeated; what it publishes
 * follows from the document.
 */
public final class TaskRecovery {
  /** So many times a stage's request is published again, at doubling intervals. */
  static final int MAX_NUDGES = 3;

  private static final StageError TIMED_OUT =
      new StageError(FailureCode.TIMED_OUT, "The task did not end before its deadline.");
  private static final StageError CANCELLED =
      new StageError(FailureCode.CANCELLED, "The task was cancelled.");

  private static final StageError TOO_OLD =
      new StageError(
          FailureCode.TIMED_OUT, "The task is too old to run again: its state has expired.");

  /** The source of what has no stage to come from. */
  private static final String RECOVERY = "recovery";

  /** What an operation did. */
  public enum Result {
    /** There is no document, or a tombstone. */
    NO_TASK,
    /** The task is in a later run. */
    OLDER_RUN,
    /** The task has ended. */
    ENDED,
    /** The task has not failed in the run before. */
    NOT_FAILED,
    /** Somebody is at work, or the message may still be on its way. */
    IN_PROGRESS,
    /** The request that the task waits for was published again. */
    NUDGED,
    /** The task has failed: its deadline has passed. */
    TIMED_OUT,
    /** The next run has begun. */
    REDRIVEN,
    CANCELLED,
    DELETED,
    /** Somebody else wrote at the same time: worth another try. */
    CONTENDED
  }

  private final Topology topology;
  private final TaskStore store;
  private final EventPublisher publisher;
  private final InstantSource clock;
  private final Outbox outbox;
  private final Stalls stalls;

  public TaskRecovery(
      Topology topology, TaskStore store, EventPublisher publisher, InstantSource clock) {
    this.topology = requireNonNull(topology, "topology is null");
    this.store = requireNonNull(store, "store is null");
    this.publisher = requireNonNull(publisher, "publisher is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.outbox = new Outbox(topology);
    this.stalls = new Stalls(topology);
  }

  /**
   * Moves a task on that stands still: for dead letters and reconciliation.
   *
   * @param run the run that is asked about
   */
  public Result settle(String taskId, int run, Deadline deadline) {
    Optional<StoredTask> stored = store.read(taskId, deadline);
    if (stored.isEmpty()) {
      return Result.NO_TASK;
    }
    TaskDocument document = stored.get().document();
    if (run < document.task().run()) {
      return Result.OLDER_RUN;
    }
    if (document.status().terminal()) {
      // Whoever ended it may have come no further.
      return publish(outbox.ending(document), stored.get(), deadline, Result.ENDED);
    }
    Instant now = now();
    Stage stage = stalls.waitingFor(document);
    if (document.stage(stage).hasLiveLease(now)) {
      return Result.IN_PROGRESS;
    }
    if (!now.isBefore(document.runStartedAt().plus(topology.clocks().taskDeadline()))) {
      return fail(stored.get(), stage, TIMED_OUT, Result.TIMED_OUT, deadline);
    }
    return nudge(stored.get(), stage, now, deadline);
  }

  private Result nudge(StoredTask stored, Stage stage, Instant now, Deadline deadline) {
    TaskDocument document = stored.document();
    StageState state = document.stage(stage);
    int nudges = state.history().nudges();
    if (nudges >= MAX_NUDGES || !stalls.standsStill(document, now, 1 << nudges)) {
      return Result.IN_PROGRESS;
    }
    return store
        .update(stored, document.with(stage, state.nudged(), now), stage, deadline)
        .map(written -> publish(outbox.request(document, stage), written, deadline, Result.NUDGED))
        .orElse(Result.CONTENDED);
  }

  /**
   * Begins the next run of a failed task: the stage that failed is done again, and those after it.
   * The coordinator has opened that run, so where it cannot begin the coordinator learns how the
   * task stands: by the end that it came to, as that of the new run if it completed in an older
   * one.
   *
   * @param run the new run, so that a repeat of the command does nothing more
   */
  public Result redrive(String taskId, int run, Deadline deadline) {
    Optional<StoredTask> stored = store.read(taskId, deadline);
    if (stored.isEmpty()) {
      return Result.NO_TASK;
    }
    TaskDocument document = stored.get().document();
    if (document.task().run() > run) {
      return publish(outbox.terminal(document), stored.get(), deadline, Result.OLDER_RUN);
    }
    if (document.task().run() == run) {
      return resume(stored.get(), deadline);
    }
    if (document.status() == TaskStatus.COMPLETED) {
      return adopt(stored.get(), run, deadline);
    }
    if (document.status() != TaskStatus.FAILED || document.task().run() != run - 1) {
      return Result.NOT_FAILED;
    }
    Stage stage = document.failedStage().orElseThrow();
    return store
        .update(stored.get(), document.redriven(now()), stage, deadline)
        .map(
            written ->
                publish(
                    outbox.request(written.document(), stage), written, deadline, Result.REDRIVEN))
        .orElse(Result.CONTENDED);
  }

  /** A run that was opened for a task which has completed: it ends as that did. */
  private Result adopt(StoredTask stored, int run, Deadline deadline) {
    return store
        .update(stored, stored.document().inRun(run, now()), topology.chain().getLast(), deadline)
        .map(
            written ->
                publish(outbox.terminal(written.document()), written, deadline, Result.NOT_FAILED))
        .orElse(Result.CONTENDED);
  }

  /**
   * Ends a run that cannot begin, since its task has no document; nobody else would end it. A pure
   * function of the command, so that a repeat gives the same message to the byte.
   *
   * @param task its run is the one that was commanded
   * @param commandedAt when the command was issued
   * @param routing the command's
   */
  public void endWithoutDocument(
      TaskRef task, Instant commandedAt, Routing routing, Deadline deadline) {
    String stage = topology.chain().getFirst().wireName();
    TaskFailed failure = new TaskFailed(stage, TOO_OLD.code(), TOO_OLD.message());
    publisher.publish(
        Publications.ofEvents(List.of(INEvent.of(task, stage, commandedAt, RECOVERY, failure))),
        routing,
        deadline);
  }

  /** The run has begun, but its request, or its end, may not have been published. */
  private Result resume(StoredTask stored, Deadline deadline) {
    TaskDocument document = stored.document();
    if (document.status().terminal()) {
      return publish(outbox.terminal(document), stored, deadline, Result.ENDED);
    }
    Stage stage = stalls.waitingFor(document);
    return document.stage(stage).attempts() > 0
        ? Result.IN_PROGRESS
        : publish(outbox.request(document, stage), stored, deadline, Result.REDRIVEN);
  }

  /** Fails a task that has not ended; work under way is thrown away when it is done. */
  public Result cancel(String taskId, Deadline deadline) {
    Optional<StoredTask> stored = store.read(taskId, deadline);
    if (stored.isEmpty()) {
      return Result.NO_TASK;
    }
    TaskDocument document = stored.get().document();
    return document.status().terminal()
        ? publish(outbox.terminal(document), stored.get(), deadline, Result.ENDED)
        : fail(stored.get(), stalls.waitingFor(document), CANCELLED, Result.CANCELLED, deadline);
  }

  /** Leaves a tombstone, whatever there was. */
  public Result delete(String taskId, Deadline deadline) {
    store.delete(taskId, now().plus(topology.clocks().documentTtl()), deadline);
    return Result.DELETED;
  }

  private Result fail(
      StoredTask stored, Stage stage, StageError error, Result result, Deadline deadline) {
    return store
        .update(stored, stored.document().failed(stage, error, now()), stage, deadline)
        .map(written -> publish(outbox.terminal(written.document()), written, deadline, result))
        .orElse(Result.CONTENDED);
  }

  private Result publish(
      Publications publications, StoredTask stored, Deadline deadline, Result result) {
    publisher.publish(publications, stored.document().routing(), deadline);
    return result;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
