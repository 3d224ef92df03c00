package dev.in.core.failure;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** When something must be over. Every call gets what is left of it. */
public record Deadline(Instant at, InstantSource clock) {

  public static Deadline in(Duration time, InstantSource clock) {
    return new Deadline(clock.instant().plus(time), clock);
  }

  /** What is left, never negative. */
  public Duration remaining() {
    Duration left = Duration.between(clock.instant(), at);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** What is left, but no more than that. */
  public Duration remaining(Duration atMost) {
    Duration left = remaining();
    return left.compareTo(atMost) < 0 ? left : atMost;
  }
}
