package dev.in.runner.process;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A child process that has been started, and the value it will print once it is up.
 *
 * @param log what it has printed
 * @param ready completes with that value, such as its port; fails when the child exits without
 *     printing it
 */
public record StartingChild<T>(Child child, ChildLog log, CompletableFuture<T> ready) {

  /** Waits for the value; a child that does not print it in time is killed. */
  public T await(Duration time) throws StackFailure, InterruptedException {
    try {
      return ready.get(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw late(time, "");
    } catch (ExecutionException e) {
      throw failure("ended while it started");
    }
  }

  /**
   * Kills a child that is not up after that time.
   *
   * @param detail what else there is to say, or empty
   */
  public StackFailure late(Duration time, String detail) {
    child.kill();
    return failure("was not up after %d s%s".formatted(time.toSeconds(), detail));
  }

  /** A failure of this child, with what it printed last. */
  public StackFailure failure(String whatHappened) {
    return new StackFailure(child.name() + " " + whatHappened, log.lastLines());
  }
}
