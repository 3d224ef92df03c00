package dev.in.core.fetch;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long a host may take in all. Only the time that is spent waiting for it counts: not what the
 * resolver, the sink or a pause between two tries takes.
 */
public final class HostTime {
  private final long limitNanos;
  private final LongSupplier nanoTime;
  private long usedNanos;
  private long waitingSince;
  private boolean waiting;

  public HostTime(Duration limit) {
    this(limit, System::nanoTime);
  }

  HostTime(Duration limit, LongSupplier nanoTime) {
    this.limitNanos = limit.toNanos();
    this.nanoTime = requireNonNull(nanoTime, "nanoTime is null");
  }

  /** What is left, never negative. */
  public synchronized Duration remaining() {
    long running = waiting ? nanoTime.getAsLong() - waitingSince : 0;
    return Duration.ofNanos(Math.max(0, limitNanos - usedNanos - running));
  }

  synchronized void start() {
    waitingSince = nanoTime.getAsLong();
    waiting = true;
  }

  synchronized void stop() {
    usedNanos += nanoTime.getAsLong() - waitingSince;
    waiting = false;
  }
}
