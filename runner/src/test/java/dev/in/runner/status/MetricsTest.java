package dev.in.runner.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Prometheus' text as Micrometer writes it, in both of its forms. */
class MetricsTest {
  private static final String TEXT =
      """
      # HELP in_failures_total
      # TYPE in_failures_total counter
      in_failures_total{code="unsupported_type",function="download",stage="download"} 2.0 # {span_id="a5",trace_id="6a"} 1.0 1795340335.285
      in_failures_total{code="unsupported_type",stage="other",} 1.0
      in_failures_total{code="source_forbidden",stage="download",} 4.0 1795340335285
      in_deliveries_seconds_count{outcome="nack",reason="callbacks are switched off",type="task.completed"} 3
      in_deliveries_seconds_count{outcome="nack",reason="callbacks are switched off",type="task.failed"} 1
      in_deliveries_seconds_count{outcome="ack",reason="reported",type="task.failed"} 9
      in_switch_on{function="ai",switch="analysis"} 1.0
      in_switch_on{function="sync",switch="callbacks"} 0.0
      process_uptime_seconds 1.5E2
      jvm_odd NaN
      """;

  private final Metrics metrics = Metrics.parse(TEXT);

  @Test
  void seriesAreSummedUpByALabel() {
    assertThat(metrics.counts("in_failures_total", "code", Map.of()))
        .isEqualTo(Map.of("unsupported_type", 3L, "source_forbidden", 4L));
  }

  @Test
  void onlySeriesWithTheWantedLabelsCount() {
    assertThat(metrics.counts("in_deliveries_seconds_count", "reason", Map.of("outcome", "nack")))
        .isEqualTo(Map.of("callbacks are switched off", 4L));
  }

  @Test
  void oneIsTrueAndZeroIsFalse() {
    assertThat(metrics.flags("in_switch_on", "switch"))
        .isEqualTo(Map.of("analysis", true, "callbacks", false));
  }

  @Test
  void anAbsentMetricIsEmpty() {
    assertThat(metrics.counts("in_nothing", "code", Map.of())).isEmpty();
    assertThat(Metrics.parse("").samples()).isEmpty();
  }
}
