package dev.in.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistogramTest {

  @Test
  void aDurationFallsIntoTheFirstBucketThatItIsNotAbove() {
    Histogram histogram =
        Histogram.EMPTY
            .with(Duration.ZERO)
            .with(Duration.ofMillis(50))
            .with(Duration.ofMillis(51))
            .with(Duration.ofMillis(600_000))
            .with(Duration.ofMillis(600_001));

    assertThat(histogram.counts())
        .isEqualTo(List.of(2L, 1L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 1L, 1L));
  }

  @Test
  void countingApartAndAddingIsCountingTogether() {
    Histogram one = Histogram.EMPTY.with(Duration.ofMillis(70));
    Histogram other = Histogram.EMPTY.with(Duration.ofMillis(70)).with(Duration.ofHours(1));

    assertThat(one.plus(other))
        .isEqualTo(one.with(Duration.ofMillis(70)).with(Duration.ofHours(1)));
  }
}
