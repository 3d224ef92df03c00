package dev.in.core.engine;

import dev.in.core.stage.StageOutput;
import dev.in.core.task.StageError;

/** How a stage's work ended. */
sealed interface StageResult {

  record Done(StageOutput output) implements StageResult {}

  /** Permanently. */
  record Failed(StageError error) implements StageResult {}

  /**
   * By something that all tasks share, or by ourselves.
   *
   * @param error the message to record
   */
  record Transient(String error) implements StageResult {}

  /**
   * By what looks like a bug.
   *
   * @param error the message to record
   */
  record Unexpected(String error) implements StageResult {}
}
