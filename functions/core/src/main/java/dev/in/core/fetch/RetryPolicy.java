package dev.in.core.fetch;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;

/**
 * Two or three tries at a user's host within one delivery of a message, and then a verdict: a host
 * that stays dead must not push a whole subscription into backoff.
 *
 * @param tries in all, at least 1
 * @param pause before the second try; it doubles
 */
public record RetryPolicy(int tries, Duration pause, Sleeper sleeper) {
  public RetryPolicy {
    requireNonNull(pause, "pause is null");
    requireNonNull(sleeper, "sleeper is null");
    if (tries < 1) {
      throw new IllegalArgumentException("tries is less than 1: " + tries);
    }
  }

  /** Three, a quarter and half a second apart. */
  public static RetryPolicy standard() {
    return new RetryPolicy(3, Duration.ofMillis(250), Thread::sleep);
  }

  /** One try; it begins from nothing, whatever an earlier one left behind. */
  @FunctionalInterface
  public interface Attempt<T> {
    T run() throws FetchFailure, IOException;
  }

  /** {@link Thread#sleep(Duration)}, or a test's own. */
  @FunctionalInterface
  public interface Sleeper {
    void sleep(Duration time) throws InterruptedException;
  }

  /**
   * @param time that all tries share; the last of it begins no other try
   * @throws FetchFailure the last try's, or the first that another try cannot mend
   * @throws IOException what the attempt's own side threw; it is not tried again
   */
  public <T> T run(HostTime time, Attempt<T> attempt) throws FetchFailure, IOException {
    Duration wait = pause;
    for (int number = 1; ; number++) {
      try {
        return attempt.run();
      } catch (FetchFailure failure) {
        boolean worthIt = failure.transientFailure() && number < tries;
        if (!worthIt || time.remaining().compareTo(wait) <= 0) {
          throw failure;
        }
        sleep(wait);
        wait = wait.multipliedBy(2);
      }
    }
  }

  private void sleep(Duration wait) throws InterruptedFetchException {
    try {
      sleeper.sleep(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedFetchException(e);
    }
  }
}
