package dev.in.recovery;

import static java.util.Objects.requireNonNull;

import dev.in.core.engine.TaskRecovery;
import dev.in.core.engine.TaskRecovery.Result;
import dev.in.core.failure.Deadline;
import dev.in.core.history.History;
import dev.in.core.task.TaskQueries;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Deletes what Google Cloud has of a task. It can be repeated from any point: what is to be done
 * follows from the command alone, and never from what an interrupted attempt has left.
 */
@ApplicationScoped
class TaskDeletion {
  private final TaskRecovery recovery;
  private final TaskQueries queries;
  private final TaskObjects objects;
  private final DeadLetterStore deadLetters;
  private final History history;

  TaskDeletion(
      TaskRecovery recovery,
      TaskQueries queries,
      TaskObjects objects,
      DeadLetterStore deadLetters,
      History history) {
    this.recovery = requireNonNull(recovery, "recovery is null");
    this.queries = requireNonNull(queries, "queries is null");
    this.objects = requireNonNull(objects, "objects is null");
    this.deadLetters = requireNonNull(deadLetters, "deadLetters is null");
    this.history = requireNonNull(history, "history is null");
  }

  /**
   * Objects on both sides of the tombstone: before it, so that nobody sees a task without its image
   * for long; after it, for what a download that was under way has stored meanwhile. The upload
   * after it, too: of two tasks of an upload that are deleted together, the later one finds no
   * other. An event that is still on its way to {@code log-enhancer} then comes into the history
   * all the same, until its time is over.
   *
   * @param owner whose task it is
   * @param uploadId of the upload that was its image
   */
  Result delete(String taskId, String owner, Optional<String> uploadId, Deadline deadline) {
    objects.delete(taskId);
    Result result = recovery.delete(taskId, deadline);
    objects.delete(taskId);
    if (uploadId.isPresent() && !queries.usesUpload(owner, uploadId.get(), deadline)) {
      objects.deleteUpload(owner, uploadId.get());
    }
    deadLetters.removeTask(taskId, deadline);
    history.deleteTask(taskId, deadline);
    return result;
  }
}
