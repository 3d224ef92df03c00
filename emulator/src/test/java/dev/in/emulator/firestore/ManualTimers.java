package dev.in.emulator.firestore;

import dev.in.emulator.Timers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Time that passes only when a test says so; tasks run on the test's own thread. */
final class ManualTimers implements Timers {
  private record Task(Instant due, Runnable work) {}

  private final List<Task> tasks = new ArrayList<>();
  private Instant now = Instant.parse("2030-01-01T00:00:00Z");

  @Override
  public Clock clock() {
    return new Clock() {
      @Override
      public Instant instant() {
        return now;
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

  void pass(Duration time) {
    now = now.plus(time);
    List<Task> due =
        tasks.stream()
            .filter(task -> !task.due().isAfter(now))
            .sorted(Comparator.comparing(Task::due))
            .toList();
    tasks.removeAll(due);
    due.forEach(task -> task.work().run());
  }

  @Override
  public Timer after(Duration delay, Runnable work) {
    var task = new Task(now.plus(delay), work);
    tasks.add(task);
    return () -> tasks.remove(task);
  }

  @Override
  public void close() {
    tasks.clear();
  }
}
