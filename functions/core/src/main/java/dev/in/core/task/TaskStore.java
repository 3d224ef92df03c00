package dev.in.core.task;

import dev.in.core.failure.Deadline;
import dev.in.core.failure.TransientFailure;
import dev.in.events.Stage;
import java.time.Instant;
import java.util.Optional;

/**
 * Where task documents live. Every write is guarded; what the guard refuses is an answer, not an
 * error. Each method throws {@link TransientFailure} if the store does not answer as it should, in
 * which case a write may or may not have happened.
 */
public interface TaskStore {

  /** Creates the document; empty if there is one already, or a tombstone. */
  Optional<StoredTask> create(TaskDocument document, Deadline deadline);

  /** Empty if there is none, or a tombstone. */
  Optional<StoredTask> read(String taskId, Deadline deadline);

  /**
   * Writes status, run, times and the changed stage of {@code after}; empty if the document is no
   * longer {@code before}, or gone.
   */
  Optional<StoredTask> update(
      StoredTask before, TaskDocument after, Stage changed, Deadline deadline);

  /**
   * Replaces whatever is there by a tombstone without personal data. To everyone the task is gone,
   * and it cannot be created again, until Firestore deletes the tombstone.
   */
  void delete(String taskId, Instant expiresAt, Deadline deadline);
}
