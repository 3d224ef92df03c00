package dev.in.emulator.time;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Real time: one thread watches the clock, each task runs on a virtual thread. */
final class SystemTimers implements Timers {
  private static final Logger LOG = LoggerFactory.getLogger(SystemTimers.class);

  private final Clock clock;
  private final ScheduledThreadPoolExecutor watch;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();

  SystemTimers(Clock clock) {
    this.clock = requireNonNull(clock, "clock is null");
    this.watch =
        new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("timers").factory());
    watch.setRemoveOnCancelPolicy(true);
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public Timer after(Duration delay, Runnable task) {
    requireNonNull(task, "task is null");
    try {
      Future<?> future =
          watch.schedule(() -> run(task), Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
      return () -> future.cancel(false);
    } catch (RejectedExecutionException closed) {
      return () -> {};
    }
  }

  private void run(Runnable task) {
    try {
      workers.execute(
          () -> {
            try {
              task.run();
            } catch (RuntimeException | Error e) {
              LOG.error("A timed task failed", e);
            }
          });
    } catch (RejectedExecutionException closed) {
      LOG.debug("A timed task came due after closing");
    }
  }

  @Override
  public void close() {
    watch.shutdownNow();
    workers.shutdownNow();
  }
}
