package dev.in.core.task;

import static java.util.Objects.requireNonNull;

import dev.in.events.FailureCode;

/** Why a stage has failed for good. */
public record StageError(FailureCode code, String message) {
  public StageError {
    requireNonNull(code, "code is null");
    requireNonNull(message, "message is null");
  }
}
