package dev.in.emulator.pubsub;

import java.time.Duration;

/** Divides configured durations, so that tests see minutes pass in seconds. */
record Scale(double factor) {
  Scale {
    if (!(factor > 0)) {
      throw new IllegalArgumentException("factor must be positive: " + factor);
    }
  }

  Duration apply(Duration configured) {
    return factor == 1 ? configured : Duration.ofNanos((long) (configured.toNanos() / factor));
  }
}
