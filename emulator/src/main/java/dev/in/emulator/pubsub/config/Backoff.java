package dev.in.emulator.pubsub.config;

import java.time.Duration;

/** A wait that doubles from a minimum up to a maximum. */
public record Backoff(Duration minimum, Duration maximum) {

  /** Before the redelivery that follows that many failures, from 1. */
  public Duration after(int failures) {
    // Beyond 2^31 any minimum of a millisecond has passed any maximum that Pub/Sub takes.
    int doublings = Math.clamp(failures - 1L, 0, 31);
    Duration wait = minimum.multipliedBy(1L << doublings);
    return wait.compareTo(maximum) > 0 ? maximum : wait;
  }
}
