package dev.in.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryPolicyTest {
  private static final ClientSettings SETTINGS =
      new ClientSettings(
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          9,
          Duration.ofMillis(200),
          Duration.ofSeconds(2));
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "1, 100, 200",
    "2, 200, 400",
    "3, 400, 800",
    "4, 800, 1600",
    "5, 1000, 2000",
    "60, 1000, 2000"
  })
  void aPauseDoublesAndIsDrawnBetweenItsHalfAndItsWhole(int failed, int half, int whole) {
    assertThat(retryPolicy(bound -> 0).after(failed, Optional.empty()))
        .contains(Duration.ofMillis(half));
    assertThat(retryPolicy(bound -> bound - 1).after(failed, Optional.empty()))
        .contains(Duration.ofMillis(whole));
  }

  @Test
  void whatTheEdgeAsksForIsWhatItGets() {
    assertThat(retryPolicy(bound -> 0).after(1, Optional.of(Duration.ZERO)))
        .contains(Duration.ZERO);
    assertThat(retryPolicy(bound -> 0).after(1, Optional.of(Duration.ofSeconds(2))))
        .contains(Duration.ofSeconds(2));
    assertThat(retryPolicy(bound -> 0).after(1, Optional.of(Duration.ofMillis(2001)))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 0",
        "7 | 7",
        "999999999 | 999999999",
        "Thu, 01 Jan 2026 12:00:30 GMT | 30",
        "Thu, 01 Jan 2026 11:00:00 GMT | 0",
      })
  void aRetryAfterIsSecondsOrADate(String header, long seconds) {
    assertThat(RetryPolicy.retryAfter(header, NOON)).contains(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1.5", "soon", "9999999999", "2026-01-01T12:00:30Z"})
  void aRetryAfterOfAnotherFormIsIgnored(String header) {
    assertThat(RetryPolicy.retryAfter(header, NOON)).isEmpty();
  }

  private static RetryPolicy retryPolicy(Draw draw) {
    return new RetryPolicy(SETTINGS, draw);
  }

  /** A generator whose draws below a bound are given. */
  @FunctionalInterface
  private interface Draw extends RandomGenerator {
    long below(long bound);

    @Override
    default long nextLong(long bound) {
      return below(bound);
    }

    @Override
    default long nextLong() {
      throw new UnsupportedOperationException();
    }
  }
}
