package dev.in.core.engine;

import dev.in.core.failure.Deadline;
import dev.in.core.failure.PermanentFailure;
import dev.in.core.stage.StageOutput;
import dev.in.core.task.TaskDocument;
import dev.in.events.Stage;

/** What one function does; the engine does everything around it. */
public interface StageWork {

  Stage stage();

  /**
   * Does the stage's work. It may be done again at any time, by another instance, even at the same
   * time: it must be idempotent.
   *
   * @param budget when it must be over; every call gets what is left
   * @throws PermanentFailure if no retry can help
   * @throws Exception for everything else: the message is delivered again
   */
  StageOutput work(TaskDocument task, Deadline budget) throws Exception;
}
