package dev.in.core.task;

import dev.in.core.failure.Deadline;
import dev.in.core.failure.TransientFailure;
import dev.in.events.FailureCode;
import dev.in.events.Stage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Searches for task documents, for {@code recovery} alone. Each method throws {@link
 * TransientFailure} if Firestore does not answer.
 */
public interface TaskQueries {

  /**
   * Unfinished tasks that nobody has written since that time, those that have waited longest first
   * within each part of the index.
   *
   * @param limit of tasks in all, about evenly from each part
   */
  List<TaskRun> unfinished(Instant untouchedSince, int limit, Deadline deadline);

  /**
   * Failed tasks, in no order that means anything.
   *
   * @param code only those that failed with it; empty for all
   * @param after where the page before ended; empty for the first
   */
  Page failed(Optional<FailureCode> code, Optional<Cursor> after, int limit, Deadline deadline);

  /** Whether any task of this owner that is not deleted has this upload as its image. */
  boolean usesUpload(String owner, String uploadId, Deadline deadline);

  /** How one task stands. */
  TaskState state(String taskId, Deadline deadline);

  /** One run of a task. */
  record TaskRun(String taskId, int run) {}

  /**
   * @param failedAt when the document was last written
   */
  record FailedTask(String taskId, int run, Stage stage, FailureCode code, Instant failedAt) {}

  /**
   * @param next where the next page begins; empty after the last
   */
  record Page(List<FailedTask> tasks, Optional<Cursor> next) {
    public Page {
      tasks = List.copyOf(tasks);
    }
  }

  /** A task that a page ended with. */
  record Cursor(String code, String taskId) {}

  /** How a task stands. */
  sealed interface TaskState {
    /** There is no document: it was never made, or has expired. */
    record Unknown() implements TaskState {}

    /** A tombstone is left. */
    record Deleted() implements TaskState {}

    record NotFailed(TaskStatus status, int run) implements TaskState {}

    record Failed(FailedTask task) implements TaskState {}
  }
}
