package dev.in.core.engine;

import dev.in.core.task.StageError;
import dev.in.core.task.StageOutput;

/** How a stage's work ended. */
sealed interface StageResult {

  record Done(StageOutput output) implements StageResult {}

  /** For good. */
  record Failed(StageError error) implements StageResult {}

  /**
   * For now.
   *
   * @param fault what to remember of it
   */
  record Passing(String fault) implements StageResult {}
}
