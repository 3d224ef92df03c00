package dev.in.events;

import static java.util.Objects.requireNonNull;

/**
 * The task has failed for good.
 *
 * @param stage the stage that failed, whoever publishes this
 * @param message a sentence for people; it holds no URL and no text of the user's
 */
public record TaskFailed(String stage, FailureCode code, String message) implements Event {
  public TaskFailed {
    requireNonNull(stage, "stage is null");
    requireNonNull(code, "code is null");
    requireNonNull(message, "message is null");
  }

  @Override
  public EventType type() {
    return EventType.TASK_FAILED;
  }
}
