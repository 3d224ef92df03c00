package dev.in.runner.stats;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** What {@code ./in stats} shows. */
public final class StatsReport {
  /** What can be counted by. */
  public static final List<String> DIMENSIONS =
      List.of("type", "status", "stage", "failure", "channel", "priority", "billable");

  private static final String BARS = "▁▂▃▄▅▆▇█";
  private static final int BAR_WIDTH = 40;

  private final List<Hour> hours;
  private final Hour total;
  private final List<Long> bounds;
  private final Instant since;

  private StatsReport(Instant since, List<Hour> hours, List<Long> bounds) {
    this.since = since;
    this.hours = hours;
    this.total = Hour.sum(since, hours);
    this.bounds = bounds;
  }

  /**
   * @param answer of analytics' {@code /operator/statistics}
   */
  public static StatsReport read(Instant since, JsonNode answer) {
    List<Hour> hours = new ArrayList<>();
    answer.path("items").forEach(item -> hours.add(Hour.read(item)));
    List<Long> bounds = new ArrayList<>();
    answer.path("boundsMs").forEach(bound -> bounds.add(bound.asLong()));
    return new StatsReport(since, hours, bounds);
  }

  /** How often each value was counted; empty where nothing was by that dimension. */
  public SortedMap<String, Long> counts(String dimension) {
    return Collections.unmodifiableSortedMap(total.by(dimension));
  }

  /**
   * For people.
   *
   * @param dimension what bars are drawn of; empty: an overview
   */
  public List<String> lines(Optional<String> dimension) {
    return dimension.map(this::bars).orElseGet(this::overview);
  }

  private List<String> overview() {
    List<String> lines = new ArrayList<>();
    lines.add("since %s: %d tasks have ended".formatted(since, total.tasks()));
    if (total.tasks() > 0) {
      lines.add("each hour  " + sparkline());
    }
    for (String dimension : List.of("status", "failure", "channel", "priority", "billable")) {
      SortedMap<String, Long> values = total.by(dimension);
      if (!values.isEmpty()) {
        lines.add(
            values.entrySet().stream()
                .map(value -> value.getKey() + " " + value.getValue())
                .collect(Collectors.joining(", ", "%-10s ".formatted(dimension), "")));
      }
    }
    if (!total.costDollars().isEmpty()) {
      lines.add("%-10s $%.4f, at list prices".formatted("cost", total.cost()));
    }
    total
        .durations()
        .forEach(
            (stage, buckets) ->
                lines.add(
                    "%-10s half within %s, 95%% within %s"
                        .formatted(stage, within(buckets, 0.5), within(buckets, 0.95))));
    return lines;
  }

  private List<String> bars(String dimension) {
    SortedMap<String, Long> values = total.by(dimension);
    long most = values.values().stream().mapToLong(Long::longValue).max().orElse(1);
    return values.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
        .map(
            value ->
                "%10d  %-40s  %s"
                    .formatted(
                        value.getValue(),
                        "█".repeat((int) Math.ceilDiv(value.getValue() * BAR_WIDTH, most)),
                        value.getKey()))
        .toList();
  }

  /** One character an hour, the hours without events included. */
  private String sparkline() {
    Instant first = hours.getFirst().from();
    int count = (int) Duration.between(first, hours.getLast().from()).toHours() + 1;
    long[] tasks = new long[count];
    hours.forEach(
        hour -> tasks[(int) Duration.between(first, hour.from()).toHours()] = hour.tasks());
    long most = hours.stream().mapToLong(Hour::tasks).max().orElse(1);
    StringBuilder line = new StringBuilder();
    for (long one : tasks) {
      line.append(one == 0 ? ' ' : BARS.charAt((int) ((one * BARS.length() - 1) / most)));
    }
    return line.toString();
  }

  /** The upper bound of the bucket that the share reaches. */
  private String within(List<Long> buckets, double share) {
    long all = buckets.stream().mapToLong(Long::longValue).sum();
    long seen = 0;
    for (int bucket = 0; bucket < bounds.size(); bucket++) {
      seen += buckets.get(bucket);
      if (seen >= all * share) {
        return String.format(Locale.ROOT, "%.2f s", bounds.get(bucket) / 1e3);
      }
    }
    return "more than %d s".formatted(bounds.getLast() / 1000);
  }

  /** One object on a line, for programs. */
  public String json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("since", since.toString());
    json.put("tasks", total.tasks());
    ObjectNode counts = json.putObject("counts");
    total.counts().forEach((dimension, values) -> values.forEach(counts.putObject(dimension)::put));
    ObjectNode cost = json.putObject("costDollars");
    total.costDollars().forEach(cost::put);
    ObjectNode durations = json.putObject("durations");
    total
        .durations()
        .forEach((stage, buckets) -> buckets.forEach(durations.withArray("/" + stage)::add));
    bounds.forEach(json.putArray("boundsMs")::add);
    var byHour = json.putArray("hours");
    hours.forEach(
        hour -> byHour.addObject().put("from", hour.from().toString()).put("tasks", hour.tasks()));
    return json.toString();
  }
}
