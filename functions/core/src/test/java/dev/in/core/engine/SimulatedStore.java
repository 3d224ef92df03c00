package dev.in.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.in.core.failure.Deadline;
import dev.in.core.failure.TransientFailure;
import dev.in.core.task.StageStatus;
import dev.in.core.task.StoredTask;
import dev.in.core.task.TaskDocument;
import dev.in.core.task.TaskStore;
import dev.in.core.task.TestingTaskStore;
import dev.in.events.Stage;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** A store in which everything may go wrong, and that holds every write to what never changes. */
final class SimulatedStore implements TaskStore {
  private final TestingTaskStore store = new TestingTaskStore();
  private final TurnScheduler turns;
  private final FaultInjector faults;

  SimulatedStore(TurnScheduler turns, FaultInjector faults) {
    this.turns = turns;
    this.faults = faults;
  }

  Optional<TaskDocument> document(String taskId) {
    return store.document(taskId);
  }

  @Override
  public Optional<StoredTask> create(TaskDocument document, Deadline deadline) {
    return perform(() -> store.create(document, deadline), deadline);
  }

  @Override
  public Optional<StoredTask> read(String taskId, Deadline deadline) {
    return perform(() -> store.read(taskId, deadline), deadline);
  }

  @Override
  public Optional<StoredTask> update(
      StoredTask before, TaskDocument after, Stage changed, Deadline deadline) {
    return perform(
        () -> {
          TaskDocument old = store.document(after.task().taskId()).orElseThrow();
          Optional<StoredTask> written = store.update(before, after, changed, deadline);
          written.ifPresent(now -> assertLawful(old, now.document(), changed));
          return faults.strikes() ? Optional.empty() : written;
        },
        deadline);
  }

  @Override
  public void delete(String taskId, Instant expiresAt, Deadline deadline) {
    throw new UnsupportedOperationException("the chain deletes nothing");
  }

  private Optional<StoredTask> perform(Supplier<Optional<StoredTask>> call, Deadline deadline) {
    turns.step();
    faults.atBoundary();
    if (deadline.remaining().isZero()) {
      throw new TransientFailure("did not answer in time", null);
    }
    Optional<StoredTask> answer = call.get();
    faults.atBoundary();
    turns.step();
    return answer;
  }

  private static void assertLawful(TaskDocument old, TaskDocument now, Stage changed) {
    assertThat(old.status().terminal()).as("an ended task was written again").isFalse();
    assertThat(old.stage(changed).status())
        .as("an ended stage was written again")
        .isNotIn(StageStatus.COMPLETED, StageStatus.FAILED);
    assertThat(now.stage(changed).history().leaseExpiries()).isLessThanOrEqualTo(5);
  }
}
