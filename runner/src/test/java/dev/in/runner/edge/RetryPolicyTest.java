package dev.in.runner.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class RetryPolicyTest {
  private final List<String> notes = new CopyOnWriteArrayList<>();
  private final RetryPolicy retries = new RetryPolicy(Duration.ofHours(1), notes::add);

  @Test
  void manyCallsThatWaitForTheSameLimitSayItOnce() throws Exception {
    List<Thread> calls = List.of(refusedCall(), refusedCall(), refusedCall());

    for (Thread call : calls) {
      call.start();
      while (call.getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
      }
    }

    assertThat(notes).containsExactly("waiting 60 s: it is used up");
    for (Thread call : calls) {
      call.interrupt();
      call.join();
    }
  }

  @Test
  void aLimitThatEndsAtOnceIsNotAskedForWithoutAPause() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    long begin = System.nanoTime();
    retries.call(
        () -> {
          if (calls.incrementAndGet() < 3) {
            throw EdgeRefusal.limitReached("too_many_requests", "it is used up", Duration.ZERO);
          }
          return true;
        });
    assertThat(Duration.ofNanos(System.nanoTime() - begin))
        .isGreaterThanOrEqualTo(Duration.ofMillis(300));
  }

  private Thread refusedCall() {
    return Thread.ofPlatform()
        .unstarted(
            () -> {
              try {
                retries.call(
                    () -> {
                      throw EdgeRefusal.limitReached(
                          "submissions_per_minute_exceeded",
                          "it is used up",
                          Duration.ofMinutes(1));
                    });
              } catch (Exception e) {
                Thread.currentThread().interrupt();
              }
            });
  }
}
