package dev.in.runner.batch;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A stage of a task has ended.
 *
 * @param stage its name
 */
public record StageEnd(String taskId, String stage, Instant at) {

  public StageEnd {
    requireNonNull(taskId, "taskId is null");
    requireNonNull(stage, "stage is null");
    requireNonNull(at, "at is null");
  }
}
