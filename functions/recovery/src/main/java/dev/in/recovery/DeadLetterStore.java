package dev.in.recovery;

import dev.in.core.failure.Deadline;
import java.time.Instant;

/** Where dead letters are recorded: {@code deadLetters/{id}}. */
interface DeadLetterStore {

  /**
   * Records a dead letter; the same one recorded again is still one.
   *
   * @param done what became of it, a few words
   * @throws dev.in.core.failure.TransientFailure if it cannot be recorded
   */
  void record(DeadLetter letter, String done, Instant now, Deadline deadline);
}
