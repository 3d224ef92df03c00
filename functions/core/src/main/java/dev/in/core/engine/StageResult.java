package dev.in.core.engine;

import dev.in.core.stage.StageOutput;
import dev.in.core.task.StageError;

/** How a stage's work ended. */
sealed interface StageResult {

  record Done(StageOutput output) implements StageResult {}

  /** Permanently. */
  record Failed(StageError error) implements StageResult {}

  /**
   * A retry may help.
   *
   * @param error the message to record
   */
  record Transient(String fault) implements StageResult {}
}
