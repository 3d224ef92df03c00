package dev.in.runner;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

/** Waits for conditions of other processes, which can only be asked. */
public final class Wait {
  private static final Duration LONG = Duration.ofSeconds(60);

  private Wait() {}

  /** Asks until the answer is as wanted, and returns it. */
  public static <T> T until(Callable<T> question, Predicate<T> wanted) throws Exception {
    long deadline = System.nanoTime() + LONG.toNanos();
    while (true) {
      T answer = question.call();
      if (wanted.test(answer)) {
        return answer;
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError("it never came; the last answer: " + answer);
      }
      Thread.sleep(20);
    }
  }
}
