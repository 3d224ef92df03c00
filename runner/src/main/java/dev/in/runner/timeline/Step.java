package dev.in.runner.timeline;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A part of a picture's way.
 *
 * @param name {@link Timeline#SUBMITTED}, the name of a stage, or {@link Timeline#END}
 * @param endedAt by the edge's clock, where it is known
 * @param took from the end of the step before to the end of this one, where both are known
 */
public record Step(
    String name, StepState state, Optional<Instant> endedAt, Optional<Duration> took) {

  public Step {
    requireNonNull(name, "name is null");
    requireNonNull(state, "state is null");
    requireNonNull(endedAt, "endedAt is null");
    requireNonNull(took, "took is null");
  }
}
