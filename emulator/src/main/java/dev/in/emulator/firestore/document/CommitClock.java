package dev.in.emulator.firestore.document;

import dev.in.emulator.firestore.value.Micros;
import java.time.Clock;

/**
 * Commit and read times in microseconds. A commit's time is later than every time given before, so
 * that two versions never share one, whatever the wall clock does.
 */
public final class CommitClock {
  private final Clock clock;
  private long last;

  public CommitClock(Clock clock) {
    this.clock = clock;
  }

  /** A time for a commit. */
  synchronized long tick() {
    last = Math.max(Micros.of(clock.instant()), last + 1);
    return last;
  }

  /** A time for a read: not before any commit so far, and before every later one. */
  synchronized long now() {
    last = Math.max(Micros.of(clock.instant()), last);
    return last;
  }

  /** Never gives {@code micros} or an earlier time again. */
  synchronized void moveTo(long micros) {
    last = Math.max(last, micros);
  }
}
