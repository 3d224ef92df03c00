package dev.in.emulator.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.TreeMap;

/** Time that advances only when a test says so. Thread-safe; due tasks run on the test's thread. */
public final class TestingTimers implements Timers {
  private record Due(Instant at, long number) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int byTime = at.compareTo(other.at);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  private final TreeMap<Due, Runnable> tasks = new TreeMap<>();
  private Instant now = Instant.parse("2026-11-22T10:00:00Z");
  private long next;

  @Override
  public Clock clock() {
    return new Clock() {
      @Override
      public Instant instant() {
        return now();
      }

      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }
    };
  }

  public synchronized Instant now() {
    return now;
  }

  /** Lets time pass, stopping at each task on the way, also at those that tasks put off. */
  public void pass(Duration time) {
    Instant end = now().plus(time);
    for (Optional<Runnable> task = stepTo(end); task.isPresent(); task = stepTo(end)) {
      task.get().run();
    }
  }

  private synchronized Optional<Runnable> stepTo(Instant end) {
    if (tasks.isEmpty() || tasks.firstKey().at().isAfter(end)) {
      now = end;
      return Optional.empty();
    }
    Due due = tasks.firstKey();
    now = due.at().isAfter(now) ? due.at() : now;
    return Optional.of(tasks.remove(due));
  }

  @Override
  public synchronized Timer after(Duration delay, Runnable task) {
    Due due = new Due(now.plus(delay), next++);
    tasks.put(due, task);
    return () -> cancel(due);
  }

  private synchronized void cancel(Due due) {
    tasks.remove(due);
  }

  @Override
  public synchronized void close() {
    tasks.clear();
  }
}
