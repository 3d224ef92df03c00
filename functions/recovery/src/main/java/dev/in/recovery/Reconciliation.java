package dev.in.recovery;

import static java.util.Objects.requireNonNull;

import dev.in.core.engine.TaskRecovery;
import dev.in.core.engine.TaskRecovery.Result;
import dev.in.core.failure.Deadline;
import dev.in.core.failure.TransientFailure;
import dev.in.core.task.TaskQueries;
import dev.in.core.task.TaskQueries.TaskRun;
import dev.in.topology.Topology;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jboss.logging.Logger;

/**
 * Looks for tasks that stand still although nobody is at work on them, and moves them on; those
 * past their deadline fail. One pass takes a bounded number, those that have waited longest first.
 */
@ApplicationScoped
class Reconciliation {
  private static final Logger LOG = Logger.getLogger(Reconciliation.class);

  /** With 10 ms a task and {@link #AT_ONCE} of them, a tenth of the time that a pass has. */
  private static final int MAX_TASKS = 10_000;

  private static final int AT_ONCE = 16;

  private final Topology topology;
  private final TaskQueries tasks;
  private final TaskRecovery recovery;
  private final InstantSource clock;

  Reconciliation(Topology topology, TaskQueries tasks, TaskRecovery recovery, InstantSource clock) {
    this.topology = requireNonNull(topology, "topology is null");
    this.tasks = requireNonNull(tasks, "tasks is null");
    this.recovery = requireNonNull(recovery, "recovery is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * One pass, within the time of one stage's work.
   *
   * @return how many tasks came to which result; those that could not be settled are not among them
   * @throws TransientFailure if Firestore does not say which tasks there are
   */
  Map<Result, Integer> pass() throws InterruptedException {
    Deadline deadline = Deadline.in(topology.clocks().workBudget(), clock);
    // A message may be away for so long without being lost.
    Duration away = topology.clocks().backoff().maximum().plus(topology.clocks().ackDeadline());
    List<TaskRun> waiting = tasks.unfinished(clock.instant().minus(away), MAX_TASKS, deadline);
    Map<Result, Integer> results = new EnumMap<>(Result.class);
    for (Optional<Result> result : settle(waiting, deadline)) {
      result.ifPresent(value -> results.merge(value, 1, Integer::sum));
    }
    if (!waiting.isEmpty()) {
      LOG.infof("reconciliation of %d tasks: %s", waiting.size(), results);
    }
    return results;
  }

  private List<Optional<Result>> settle(List<TaskRun> waiting, Deadline deadline)
      throws InterruptedException {
    List<Future<Optional<Result>>> settling = new ArrayList<>();
    try (ExecutorService threads =
        Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
      for (TaskRun task : waiting) {
        settling.add(threads.submit(() -> settle(task, deadline)));
      }
    }
    List<Optional<Result>> results = new ArrayList<>();
    for (Future<Optional<Result>> one : settling) {
      try {
        results.add(one.get());
      } catch (ExecutionException e) {
        throw new IllegalStateException("a task could not be settled", e.getCause());
      }
    }
    return results;
  }

  /** Empty if the next pass has to try again. */
  private Optional<Result> settle(TaskRun task, Deadline deadline) {
    if (!deadline.remaining().isPositive()) {
      return Optional.empty();
    }
    try {
      return Optional.of(recovery.settle(task.taskId(), task.run(), deadline));
    } catch (TransientFailure e) {
      LOG.warnf(e, "task %s could not be settled", task.taskId());
      return Optional.empty();
    }
  }
}
