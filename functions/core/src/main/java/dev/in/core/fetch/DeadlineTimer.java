package dev.in.core.fetch;

import dev.in.core.failure.Deadline;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Ends a fetch at its deadline, whatever it is doing, by closing the socket under it: read timeouts
 * alone never end for a host that sends one byte a second.
 */
final class DeadlineTimer implements AutoCloseable {
  private final Deadline deadline;
  private final Future<?> alarm;
  private Socket socket;
  private boolean passed;

  DeadlineTimer(Deadline deadline, ScheduledExecutorService clock) {
    this.deadline = deadline;
    this.alarm = clock.schedule(this::cut, deadline.remaining().toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The socket that the fetch uses from now on. */
  synchronized void watch(Socket next) {
    socket = next;
    if (passed) {
      closeSocket();
    }
  }

  synchronized boolean hasPassed() {
    return passed || deadline.remaining().isZero();
  }

  private synchronized void cut() {
    passed = true;
    closeSocket();
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
  public void close() {
    alarm.cancel(false);
  }
}
