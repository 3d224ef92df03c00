package dev.in.coordinator;

import java.time.Duration;

/** A point in this process's time; it does not move when the wall clock is set. */
record Deadline(long nanoTime) {

  static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /** Zero or less once it is past. */
  Duration remaining() {
    return Duration.ofNanos(nanoTime - System.nanoTime());
  }
}
