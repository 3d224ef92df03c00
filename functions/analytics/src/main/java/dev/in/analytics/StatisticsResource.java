package dev.in.analytics;

import static java.util.Objects.requireNonNull;

import dev.in.core.failure.Deadline;
import dev.in.topology.Topology;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Statistics for operators; they alone may call it. */
@Path("/operator/statistics")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class StatisticsResource {
  private static final Duration DEFAULT_SPAN = Duration.ofDays(1);

  private final RollUp rollUp;
  private final Prices prices;
  private final Topology topology;
  private final InstantSource clock;

  StatisticsResource(RollUp rollUp, Prices prices, Topology topology, InstantSource clock) {
    this.rollUp = requireNonNull(rollUp, "rollUp is null");
    this.prices = requireNonNull(prices, "prices is null");
    this.topology = requireNonNull(topology, "topology is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * By hour: {@code {boundsMs, items: [{from, counts: {dimension: {value: n}}, costDollars:
   * {operation: n}, durations: {stage: [n, …]}}]}}. What is not rolled up yet is counted for the
   * answer.
   *
   * @param since from the hour of that time on; a day ago where it is left out
   */
  @GET
  public Map<String, Object> since(@QueryParam("since") String since) {
    Instant from = since == null ? clock.instant().minus(DEFAULT_SPAN) : time(since);
    List<Map<String, Object>> items =
        rollUp.since(from, Deadline.in(topology.clocks().workBudget(), clock)).entrySet().stream()
            .map(hour -> json(hour.getKey(), hour.getValue()))
            .toList();
    return Map.of("boundsMs", Histogram.BOUNDS_MS, "items", items);
  }

  private Map<String, Object> json(Instant from, Statistics statistics) {
    Map<String, List<Long>> durations = new TreeMap<>();
    statistics.durations().forEach((stage, histogram) -> durations.put(stage, histogram.counts()));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("from", from.toString());
    json.put("counts", statistics.counts());
    json.put("costDollars", prices.dollars(statistics));
    json.put("durations", durations);
    return json;
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new BadRequestException("since is not a time like 2026-11-26T12:00:00Z");
    }
  }
}
