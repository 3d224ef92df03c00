package dev.in.runner.stats;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatsReportTest {
  private static final Instant SINCE = Instant.parse("2026-11-26T09:00:00Z");

  @Test
  void anOverviewHasEachHourCountsAndDurations() throws Exception {
    assertThat(report().lines(Optional.empty()))
        .containsExactly(
            "since 2026-11-26T09:00:00Z: 12 tasks have ended",
            "each hour  █ ▁",
            "status     completed 10, failed 2",
            "failure    ai/timed_out 2",
            "cost       $0.0045, at list prices",
            "ai         half within 0.10 s, 95% within more than 1 s");
  }

  @Test
  void barsAreDrawnByADimensionTheMostFirst() throws Exception {
    assertThat(report().lines(Optional.of("status")))
        .containsExactly(
            "        10  ████████████████████████████████████████  completed",
            "         2  ████████                                  failed");
    assertThat(report().lines(Optional.of("channel"))).isEmpty();
  }

  @Test
  void jsonHasTheSumsAndTheHours() throws Exception {
    assertThat(new ObjectMapper().readTree(report().json()))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"since": "2026-11-26T09:00:00Z", "tasks": 12,
                     "counts": {"status": {"completed": 10, "failed": 2},
                                "failure": {"ai/timed_out": 2}},
                     "costDollars": {"visionUnits": 0.0045},
                     "durations": {"ai": [3, 1, 1]}, "boundsMs": [100, 1000],
                     "hours": [{"from": "2026-11-26T09:00:00Z", "tasks": 11},
                               {"from": "2026-11-26T11:00:00Z", "tasks": 1}]}
                    """));
  }

  private static StatsReport report() throws Exception {
    return StatsReport.read(
        SINCE,
        new ObjectMapper()
            .readTree(
                """
                {"boundsMs": [100, 1000],
                 "items": [
                   {"from": "2026-11-26T09:00:00Z",
                    "counts": {"status": {"completed": 10, "failed": 1},
                               "failure": {"ai/timed_out": 1}},
                    "costDollars": {"visionUnits": 0.0030},
                    "durations": {"ai": [2, 1, 0]}},
                   {"from": "2026-11-26T11:00:00Z",
                    "counts": {"status": {"failed": 1}, "failure": {"ai/timed_out": 1}},
                    "costDollars": {"visionUnits": 0.0015},
                    "durations": {"ai": [1, 0, 1]}}]}
                """));
  }
}
