package dev.in.core.history;

import static java.util.Objects.requireNonNull;

import dev.in.events.Stage;
import java.time.Duration;
import java.util.Optional;

/**
 * What a task's document says about what an event announces.
 *
 * @param stage the stage that ended; empty where the whole task completed
 * @param attempts of that stage in the run, or of all stages
 * @param duration of the latest attempt, or from the task's creation to its end
 */
public record EventFacts(Optional<Stage> stage, int attempts, Duration duration) {
  public EventFacts {
    requireNonNull(stage, "stage is null");
    requireNonNull(duration, "duration is null");
  }
}
