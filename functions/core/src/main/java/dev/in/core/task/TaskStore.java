package dev.in.core.task;

import dev.in.core.failure.Deadline;
import dev.in.core.failure.TransientFailure;
import dev.in.events.Stage;
import java.util.Optional;

/**
 * Where task documents live. Every write is guarded; what the guard refuses is an answer, not an
 * error. Each method throws {@link TransientFailure} if the store does not answer as it should, in
 * which case a write may or may not have happened.
 */
public interface TaskStore {

  /** Creates the document; empty if there is one already. */
  Optional<StoredTask> create(TaskDocument document, Deadline deadline);

  Optional<StoredTask> read(String taskId, Deadline deadline);

  /**
   * Writes status, run, time and the changed stage of {@code after}; empty if the document is no
   * longer {@code before}, or gone.
   */
  Optional<StoredTask> update(
      StoredTask before, TaskDocument after, Stage changed, Deadline deadline);
}
