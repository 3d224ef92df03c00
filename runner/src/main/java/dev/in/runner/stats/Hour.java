package dev.in.runner.stats;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What happened in one hour, or in several added up.
 *
 * @param counts by dimension, then by value
 * @param durations by stage: how many fell into which bucket
 */
record Hour(
    Instant from,
    SortedMap<String, SortedMap<String, Long>> counts,
    SortedMap<String, List<Long>> durations) {

  static Hour read(JsonNode json) {
    Hour hour =
        new Hour(Instant.parse(json.path("from").asText()), new TreeMap<>(), new TreeMap<>());
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
    Hour sum = new Hour(from, new TreeMap<>(), new TreeMap<>());
    for (Hour hour : hours) {
      hour.counts.forEach(
          (dimension, values) ->
              values.forEach(
                  (value, count) ->
                      sum.counts
                          .computeIfAbsent(dimension, unused -> new TreeMap<>())
                          .merge(value, count, Long::sum)));
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
