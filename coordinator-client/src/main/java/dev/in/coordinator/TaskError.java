package dev.in.coordinator;

import static java.util.Objects.requireNonNull;

import dev.in.events.FailureCode;
import java.util.Optional;

/**
 * Why a task failed, as the owner sees it.
 *
 * @param message a sentence for people
 * @param stage the stage that failed
 */
public record TaskError(FailureCode code, String message, Optional<String> stage) {
  public TaskError {
    requireNonNull(code, "code is null");
    requireNonNull(message, "message is null");
    requireNonNull(stage, "stage is null");
  }
}
