package dev.in.emulator.time;

import java.time.Clock;
import java.time.Duration;

/**
 * Time as the local cloud sees it: what the clock says, and what happens later. A test hands in its
 * own to move time by hand.
 */
public interface Timers extends AutoCloseable {

  Clock clock();

  /**
   * Runs a task once, on a thread of its own, not before the delay has passed. A delay of zero or
   * less runs it soon.
   */
  Timer after(Duration delay, Runnable task);

  @Override
  void close();

  /** The machine's clock. */
  static Timers system() {
    return new SystemTimers(Clock.systemUTC());
  }

  /** A task that has been put off. */
  @FunctionalInterface
  interface Timer {
    /** Forgets the task if it has not begun. */
    void cancel();
  }
}
