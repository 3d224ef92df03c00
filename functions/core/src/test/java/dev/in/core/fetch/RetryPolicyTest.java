package dev.in.core.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.in.core.failure.Deadline;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
  private static final FetchFailure PASSES = FetchFailure.unreachableNow("passes");
  private static final FetchFailure STAYS = FetchFailure.unreachable("stays");

  private final List<Duration> retryPolicy = new ArrayList<>();
  private final RetryPolicy tries = new RetryPolicy(3, Duration.ofMillis(250), retryPolicy::add);
  private int attempts;

  @Test
  void aFailureThatPassesIsTriedAgain() throws Exception {
    String answer = tries.run(budget(60_000), () -> failingTimes(2, PASSES));

    assertThat(answer).isEqualTo("fetched");
    assertThat(attempts).isEqualTo(3);
    assertThat(retryPolicy).containsExactly(Duration.ofMillis(250), Duration.ofMillis(500));
  }

  @Test
  void theThirdFailureIsTheVerdict() {
    assertThatThrownBy(() -> tries.run(budget(60_000), () -> failingTimes(9, PASSES)))
        .isSameAs(PASSES);
    assertThat(attempts).isEqualTo(3);
  }

  @Test
  void aFailureThatStaysIsTheVerdictAtOnce() {
    assertThatThrownBy(() -> tries.run(budget(60_000), () -> failingTimes(1, STAYS)))
        .isSameAs(STAYS);
    assertThat(attempts).isEqualTo(1);
    assertThat(retryPolicy).isEmpty();
  }

  @Test
  void noTryIsBegunThatTheBudgetDoesNotLast() {
    assertThatThrownBy(() -> tries.run(budget(300), () -> failingTimes(9, PASSES)))
        .isSameAs(PASSES);
    assertThat(attempts).isEqualTo(2);
  }

  @Test
  void aFaultOfOurOwnIsNotTriedAgain() {
    IOException diskFull = new IOException("disk full");

    assertThatThrownBy(
            () ->
                tries.run(
                    budget(60_000),
                    () -> {
                      attempts++;
                      throw diskFull;
                    }))
        .isSameAs(diskFull);
    assertThat(attempts).isEqualTo(1);
  }

  @Test
  void anInterruptEndsTheTries() {
    RetryPolicy interrupted =
        new RetryPolicy(
            3,
            Duration.ofMillis(250),
            pause -> {
              throw new InterruptedException();
            });

    assertThatThrownBy(() -> interrupted.run(budget(60_000), () -> failingTimes(9, PASSES)))
        .isSameAs(PASSES);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(attempts).isEqualTo(1);
  }

  private String failingTimes(int times, FetchFailure failure) throws FetchFailure {
    attempts++;
    if (attempts <= times) {
      throw failure;
    }
    return "fetched";
  }

  private static Deadline budget(long millis) {
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    return Deadline.in(Duration.ofMillis(millis), InstantSource.fixed(now));
  }
}
