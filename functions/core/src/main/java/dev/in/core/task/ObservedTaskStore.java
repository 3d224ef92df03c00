package dev.in.core.task;

import static java.util.Objects.requireNonNull;

import dev.in.core.failure.Deadline;
import dev.in.core.telemetry.Calls;
import dev.in.core.telemetry.Meters;
import dev.in.events.Stage;
import java.time.Instant;
import java.util.Optional;

/** Times the calls of another store, and counts the tasks that end as failed by what it writes. */
public final class ObservedTaskStore implements TaskStore {
  private final TaskStore store;
  private final Calls calls;
  private final Meters meters;

  public ObservedTaskStore(TaskStore store, Calls calls, Meters meters) {
    this.store = requireNonNull(store, "store is null");
    this.calls = requireNonNull(calls, "calls is null");
    this.meters = requireNonNull(meters, "meters is null");
  }

  @Override
  public Optional<StoredTask> create(TaskDocument document, Deadline deadline) {
    return calls.make("firestore.create", () -> store.create(document, deadline));
  }

  @Override
  public Optional<StoredTask> read(String taskId, Deadline deadline) {
    return calls.make("firestore.read", () -> store.read(taskId, deadline));
  }

  @Override
  public Optional<StoredTask> update(
      StoredTask before, TaskDocument after, Stage changed, Deadline deadline) {
    Optional<StoredTask> written =
        calls.make("firestore.update", () -> store.update(before, after, changed, deadline));
    if (written.isPresent() && after.status() == TaskStatus.FAILED) {
      after
          .stage(changed)
          .error()
          .ifPresent(error -> meters.failure(changed.wireName(), error.code().value()));
    }
    return written;
  }

  @Override
  public void delete(String taskId, Instant expiresAt, Deadline deadline) {
    calls.make(
        "firestore.delete",
        () -> {
          store.delete(taskId, expiresAt, deadline);
          return taskId;
        });
  }
}
