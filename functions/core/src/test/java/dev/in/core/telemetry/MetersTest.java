package dev.in.core.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The names that dashboards and alerts are written against. */
class MetersTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Meters meters = new Meters(registry);

  @Test
  void prometheusSeesExactlyTheDocumentedNamesAndLabels() throws IOException {
    meters.delivery("download.requested", "ack", "done", SECOND);
    meters.messageAge("download.requested", SECOND);
    meters.work("done", SECOND);
    meters.failure("download", "source_unreachable");
    meters.call("firestore.read", true, SECOND);
    meters.fetch("fetched", SECOND);
    meters.switched("analysis", () -> true);
    meters.hour(
        Map.of("failed", 1L),
        Map.of("acme", 1L),
        Map.of("download/timed_out", 1L),
        Map.of("visionUnits", 2L),
        Map.of("visionUnits", new BigDecimal("0.003")));

    List<String> series =
        scrape()
            .lines()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.replaceAll("=\"[^\"]*\"", "").replaceAll(" .*", ""))
            .distinct()
            .sorted()
            .toList();

    assertThat(series).containsExactlyElementsOf(documented());
  }

  @Test
  void timesAreSortedIntoBuckets() {
    meters.work("done", Duration.ofMillis(60));

    assertThat(scrape())
        .contains("in_work_seconds_bucket{outcome=\"done\",le=\"0.05\"} 0.0")
        .contains("in_work_seconds_bucket{outcome=\"done\",le=\"0.1\"} 1.0")
        .contains("in_work_seconds_bucket{outcome=\"done\",le=\"120.0\"} 1.0")
        .contains("in_work_seconds_count{outcome=\"done\"} 1.0");
  }

  @Test
  void typesThatNobodyKnowsShareOneSeries() {
    meters.delivery("made.up", "ack", "done", SECOND);
    meters.delivery("x".repeat(1_000), "ack", "done", SECOND);
    meters.delivery("", "ack", "done", SECOND);
    meters.delivery("image.analyzed", "ack", "done", SECOND); // an older name of ai.analyzed

    assertThat(scrape().lines().filter(line -> line.startsWith("in_deliveries_seconds_c")))
        .containsExactlyInAnyOrder(
            "in_deliveries_seconds_count{outcome=\"ack\",reason=\"done\",type=\"other\"} 3.0",
            "in_deliveries_seconds_count{outcome=\"ack\",reason=\"done\",type=\"ai.analyzed\"}"
                + " 1.0");
  }

  @Test
  void aClockThatLagsBehindPubSubsMakesNoNegativeAge() {
    meters.messageAge("ai.requested", Duration.ofMillis(-3));

    assertThat(scrape()).contains("in_message_age_seconds_sum{type=\"ai.requested\"} 0.0");
  }

  @Test
  void aSwitchIsOneOrZeroAsItIsRead() {
    boolean[] on = {true};
    meters.switched("callbacks", () -> on[0]);

    assertThat(scrape()).contains("in_switch_on{switch=\"callbacks\"} 1.0");
    on[0] = false;
    System.gc(); // a gauge holds its state weakly unless set otherwise
    assertThat(scrape()).contains("in_switch_on{switch=\"callbacks\"} 0.0");
  }

  @Test
  void anHourReplacesTheOneBefore() {
    meters.hour(
        Map.of("failed", 7L), Map.of("acme", 7L), Map.of("ai/internal", 7L), Map.of(), Map.of());
    meters.hour(
        Map.of("failed", 1L), Map.of("globex", 1L), Map.of("ai/timed_out", 1L), Map.of(), Map.of());

    assertThat(scrape().lines().filter(line -> line.startsWith("in_hour")))
        .containsExactlyInAnyOrder(
            "in_hour_tasks{status=\"failed\"} 1.0",
            "in_hour_channels{channel=\"globex\"} 1.0",
            "in_hour_failures{failure=\"ai/timed_out\"} 1.0");
  }

  /** This form of the text ends its labels with a comma. */
  private String scrape() {
    return registry.scrape().replace(",}", "}");
  }

  private static List<String> documented() throws IOException {
    try (InputStream list = MetersTest.class.getResourceAsStream("/metrics.txt")) {
      return new String(list.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#") && !line.isBlank())
          .toList();
    }
  }
}
