package dev.in.runner.process;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A child that has been started, and the word that is awaited from it.
 *
 * @param log what it has printed
 * @param word completes with what the child says of itself, such as its port; fails when the child
 *     ends without having said it
 */
public record Started<T>(Child child, ChildLog log, CompletableFuture<T> word) {

  /** Waits for the word; a child that does not say it in time is ended. */
  public T await(Duration time) throws StackFailure, InterruptedException {
    try {
      return word.get(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw late(time, "");
    } catch (ExecutionException e) {
      throw failure("ended while it started");
    }
  }

  /**
   * Ends a child that is not up after that time.
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
