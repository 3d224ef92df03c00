package dev.in.core.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
  private static final FetchFailure TEMPORARY = FetchFailure.unreachableNow("temporary");
  private static final FetchFailure LASTING = FetchFailure.unreachable("lasting");

  private final List<Duration> pauses = new ArrayList<>();
  private final RetryPolicy tries = new RetryPolicy(3, Duration.ofMillis(250), pauses::add);
  private int attempts;

  @Test
  void aTemporaryFailureIsTriedAgain() throws Exception {
    String answer = tries.run(budget(60_000), () -> failingTimes(2, TEMPORARY));

    assertThat(answer).isEqualTo("fetched");
    assertThat(attempts).isEqualTo(3);
    assertThat(pauses).containsExactly(Duration.ofMillis(250), Duration.ofMillis(500));
  }

  @Test
  void theThirdFailureIsTheVerdict() {
    assertThatThrownBy(() -> tries.run(budget(60_000), () -> failingTimes(9, TEMPORARY)))
        .isSameAs(TEMPORARY);
    assertThat(attempts).isEqualTo(3);
  }

  @Test
  void aLastingFailureIsTheVerdictAtOnce() {
    assertThatThrownBy(() -> tries.run(budget(60_000), () -> failingTimes(1, LASTING)))
        .isSameAs(LASTING);
    assertThat(attempts).isEqualTo(1);
    assertThat(pauses).isEmpty();
  }

  @Test
  void noTryIsBegunThatTheBudgetDoesNotLast() {
    assertThatThrownBy(() -> tries.run(budget(300), () -> failingTimes(9, TEMPORARY)))
        .isSameAs(TEMPORARY);
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

  /** Or else a shutdown would decide about the host. */
  @Test
  void anInterruptEndsTheTriesWithoutAVerdict() {
    RetryPolicy interrupted =
        new RetryPolicy(
            3,
            Duration.ofMillis(250),
            pause -> {
              throw new InterruptedException();
            });

    assertThatThrownBy(() -> interrupted.run(budget(60_000), () -> failingTimes(9, TEMPORARY)))
        .isInstanceOf(InterruptedFetchException.class);
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

  private static HostTime budget(long millis) {
    return new HostTime(Duration.ofMillis(millis), () -> 0);
  }
}
