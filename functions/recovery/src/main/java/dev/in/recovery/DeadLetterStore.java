package dev.in.recovery;

import dev.in.core.failure.Deadline;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where dead letters are recorded: {@code deadLetters/{id}}. */
interface DeadLetterStore {

  /**
   * Records a dead letter; the same one recorded again is still one.
   *
   * @param done what became of it, a few words
   * @throws dev.in.core.failure.TransientFailure if it cannot be recorded
   */
  void record(DeadLetter letter, String done, Instant now, Deadline deadline);

  /**
   * Those that nobody has removed yet, in no order that means anything.
   *
   * @throws dev.in.core.failure.TransientFailure if they cannot be read
   */
  List<Recorded> recorded(int limit, Deadline deadline);

  /**
   * Removes one, which somebody has looked at; if there is none, nothing happens.
   *
   * @throws dev.in.core.failure.TransientFailure if it cannot be removed
   */
  void remove(String id, Deadline deadline);

  /**
   * Removes all of a task.
   *
   * @throws dev.in.core.failure.TransientFailure if they cannot be removed
   */
  void removeTask(String taskId, Deadline deadline);

  /**
   * One as it was recorded.
   *
   * @param taskId empty if it could not be decoded
   */
  record Recorded(
      String id,
      String subscription,
      Optional<String> reason,
      Optional<String> eventType,
      Optional<String> taskId,
      String done,
      Instant recordedAt) {}
}
