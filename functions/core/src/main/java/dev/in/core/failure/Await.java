package dev.in.core.failure;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for an answer of a Google client, no longer than the deadline allows. */
public final class Await {
  private Await() {}

  /**
   * @param what the call in a word or two, for the error message
   * @throws ExecutionException what the call itself failed with
   * @throws TransientFailure if the deadline passed or the thread was interrupted
   */
  public static <T> T answer(Future<T> future, Deadline deadline, String what)
      throws ExecutionException {
    try {
      return future.get(deadline.remaining().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      future.cancel(true);
      throw new TransientFailure(what + " did not answer in time", e);
    } catch (InterruptedException e) {
      future.cancel(true);
      Thread.currentThread().interrupt();
      throw new TransientFailure(what + " was interrupted", e);
    }
  }
}
