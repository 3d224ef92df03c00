package dev.in.runner.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestartBudgetTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final RestartBudget budget = new RestartBudget(SupervisionPolicy.DEFAULT);

  @Test
  void eachExitWithinTheWindowDoublesTheDelayUpToTheLongest() {
    long[] delays = new long[12];
    for (int i = 0; i < delays.length; i++) {
      delays[i] = budget.exited(i).toMillis();
    }

    assertThat(delays)
        .containsExactly(
            100, 200, 400, 800, 1600, 3200, 6400, 12_800, 25_600, 30_000, 30_000, 30_000);
  }

  @Test
  void fiveExitsWithinAMinuteExhaustIt() {
    for (int i = 0; i < 4; i++) {
      budget.exited(i * SECOND);
    }
    assertThat(budget.exhausted(4 * SECOND)).isFalse();

    budget.exited(4 * SECOND);

    assertThat(budget.exhausted(4 * SECOND)).isTrue();
    assertThat(budget.exhausted(61 * SECOND)).isFalse();
  }

  @Test
  void exitsThatAreLongAgoAreForgotten() {
    for (int i = 0; i < 20; i++) {
      assertThat(budget.exited(i * 61 * SECOND)).isEqualTo(Duration.ofMillis(100));
    }
  }
}
