package dev.in.runner.stats;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What happened in one hour, or in several added up.
 *
 * @param counts by dimension, then by value
 * @param costDollars by billable operation
 * @param durations by stage: how many fell into which bucket
 */
record Hour(
    Instant from,
    SortedMap<String, SortedMap<String, Long>> counts,
    SortedMap<String, BigDecimal> costDollars,
    SortedMap<String, List<Long>> durations) {

  static Hour read(JsonNode json) {
    Hour hour = empty(Instant.parse(json.path("from").asText()));
    json.path("counts")
        .properties()
        .forEach(
            dimension -> {
              SortedMap<String, Long> values = new TreeMap<>();
              dimension
                  .getValue()
                  .properties()
                  .forEach(value -> values.put(value.getKey(), value.getValue().asLong()));
              hour.counts.put(dimension.getKey(), values);
            });
    json.path("costDollars")
        .properties()
        .forEach(cost -> hour.costDollars.put(cost.getKey(), cost.getValue().decimalValue()));
    json.path("durations")
        .properties()
        .forEach(
            stage -> {
              List<Long> buckets = new ArrayList<>();
              stage.getValue().forEach(bucket -> buckets.add(bucket.asLong()));
              hour.durations.put(stage.getKey(), buckets);
            });
    return hour;
  }

  private static Hour empty(Instant from) {
    return new Hour(from, new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
  }

  /** All operations together. */
  BigDecimal cost() {
    return costDollars.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** Empty where nothing was counted by that dimension. */
  SortedMap<String, Long> by(String dimension) {
    return counts.getOrDefault(dimension, new TreeMap<>());
  }

  /** How many tasks have ended. */
  long tasks() {
    return by("status").values().stream().mapToLong(Long::longValue).sum();
  }

  /** All of them together, from the first one's beginning. */
  static Hour sum(Instant from, List<Hour> hours) {
    Hour sum = empty(from);
    for (Hour hour : hours) {
      hour.counts.forEach(
          (dimension, values) ->
              values.forEach(
                  (value, count) ->
                      sum.counts
                          .computeIfAbsent(dimension, unused -> new TreeMap<>())
                          .merge(value, count, Long::sum)));
      hour.costDollars.forEach(
          (operation, cost) -> sum.costDollars.merge(operation, cost, BigDecimal::add));
      hour.durations.forEach((stage, buckets) -> sum.durations.merge(stage, buckets, Hour::added));
    }
    return sum;
  }

  private static List<Long> added(List<Long> one, List<Long> other) {
    List<Long> sums = new ArrayList<>();
    for (int bucket = 0; bucket < one.size(); bucket++) {
      sums.add(one.get(bucket) + other.get(bucket));
    }
    return sums;
  }
}
