package dev.in.core.fetch;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Ends a wait for a host when the host's time is used up, by closing the socket under it: read
 * timeouts alone never end for a host that sends one byte a second.
 */
final class HostTimer implements AutoCloseable {
  private static final Duration MIN_DELAY = Duration.ofMillis(20);

  private final HostTime time;
  private final ScheduledExecutorService scheduler;
  private Future<?> alarm;
  private Socket socket;
  private boolean passed;

  HostTimer(HostTime time, ScheduledExecutorService scheduler) {
    this.time = time;
    this.scheduler = scheduler;
    schedule();
  }

  /** A wait for the host. */
  @FunctionalInterface
  interface Wait<T> {
    T run() throws IOException;
  }

  /**
   * Waits for the host on its time.
   *
   * @throws InterruptedFetchException if it ended because we were interrupted
   */
  <T> T onHostTime(Wait<T> wait) throws IOException {
    time.start();
    try {
      return wait.run();
    } catch (IOException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedFetchException(e);
      }
      throw e;
    } finally {
      time.stop();
    }
  }

  Duration remaining() {
    return time.remaining();
  }

  /** The socket that the fetch uses from now on. */
  synchronized void watch(Socket next) {
    socket = next;
    if (passed) {
      closeSocket();
    }
  }

  synchronized boolean hasPassed() {
    return passed || time.remaining().isZero();
  }

  private synchronized void check() {
    if (time.remaining().isZero()) {
      passed = true;
      closeSocket();
    } else {
      schedule();
    }
  }

  /** Not sooner than what is left can be used up; while nobody waits for the host it stays. */
  private synchronized void schedule() {
    Duration left = time.remaining();
    Duration delay = left.compareTo(MIN_DELAY) < 0 ? MIN_DELAY : left;
    alarm = scheduler.schedule(this::check, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void closeSocket() {
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException alreadyBroken) {
        // It is as good as closed.
      }
    }
  }

  @Override
  public synchronized void close() {
    alarm.cancel(false);
  }
}
