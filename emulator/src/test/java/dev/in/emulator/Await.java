package dev.in.emulator;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for a condition instead of a time. */
public final class Await {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final long STEP_MILLIS = 5;

  private Await() {}

  public static void until(String what, BooleanSupplier condition) {
    value(what, condition::getAsBoolean, holds -> holds);
  }

  /** The first value that will do. */
  public static <T> T value(String what, Supplier<T> source, Predicate<T> enough) {
    long end = System.nanoTime() + TIMEOUT.toNanos();
    T last = source.get();
    while (!enough.test(last)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited in vain for " + what + "; last: " + last);
      }
      try {
        Thread.sleep(STEP_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted", e);
      }
      last = source.get();
    }
    return last;
  }
}
