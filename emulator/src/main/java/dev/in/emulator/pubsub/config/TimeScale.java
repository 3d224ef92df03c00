package dev.in.emulator.pubsub.config;

import java.time.Duration;

/** Divides configured durations, so that tests see minutes pass in seconds. */
public record TimeScale(double factor) {
  public TimeScale {
    if (!(factor > 0)) {
      throw new IllegalArgumentException("factor must be positive: " + factor);
    }
  }

  public Duration apply(Duration configured) {
    return factor == 1 ? configured : Duration.ofNanos((long) (configured.toNanos() / factor));
  }
}
