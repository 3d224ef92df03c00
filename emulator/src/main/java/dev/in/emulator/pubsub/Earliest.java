package dev.in.emulator.pubsub;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** The earliest of some times that may not be. */
final class Earliest {
  private Earliest() {}

  @SafeVarargs
  static Optional<Instant> of(Optional<Instant>... times) {
    return Stream.of(times).flatMap(Optional::stream).min(Instant::compareTo);
  }
}
