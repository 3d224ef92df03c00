package dev.in.bench.localcloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ResultTest {

  @Test
  void figuresComeFromLatenciesInNanoseconds() {
    long[] latencies = new long[100];
    for (int i = 0; i < latencies.length; i++) {
      latencies[i] = (100 - i) * 1_000_000L;
    }

    assertThat(Result.of(latencies, 2, 50, 3, 7)).isEqualTo(new Result(50, 51, 96, 0.5, 3, 7));
  }

  @Test
  void ofSeveralRunsTheMedianCountsAndDuplicatesAddUp() {
    assertThat(
            Result.median(
                List.of(
                    new Result(1, 30, 5, 9, 1, 10),
                    new Result(3, 10, 4, 8, 0, 30),
                    new Result(2, 20, 6, 7, 2, 20))))
        .isEqualTo(new Result(2, 20, 5, 8, 3, 30));
  }
}
