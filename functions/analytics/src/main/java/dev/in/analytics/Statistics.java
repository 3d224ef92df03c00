package dev.in.analytics;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was counted of some events: counting two lots apart and adding is counting them together.
 *
 * @param counts by dimension (see {@link EventCounter}), then by value
 * @param durations by stage; {@code task} is from a task's creation to its completion
 */
record Statistics(
    SortedMap<String, SortedMap<String, Long>> counts, SortedMap<String, Histogram> durations) {
  static final Statistics NONE = new Statistics(new TreeMap<>(), new TreeMap<>());

  Statistics {
    SortedMap<String, SortedMap<String, Long>> copied = new TreeMap<>();
    counts.forEach((dimension, values) -> copied.put(dimension, new TreeMap<>(values)));
    counts = copied;
    durations = new TreeMap<>(durations);
  }

  /** Empty where nothing was counted by that dimension. */
  SortedMap<String, Long> by(String dimension) {
    return counts.getOrDefault(dimension, new TreeMap<>());
  }

  Statistics plus(Statistics other) {
    Statistics sum = new Statistics(counts, durations);
    other.counts.forEach((dimension, values) -> add(sum, dimension, values));
    other.durations.forEach(
        (stage, histogram) -> sum.durations.merge(stage, histogram, Histogram::plus));
    return sum;
  }

  private static void add(Statistics sum, String dimension, Map<String, Long> values) {
    SortedMap<String, Long> all = sum.counts.computeIfAbsent(dimension, unused -> new TreeMap<>());
    values.forEach((value, count) -> all.merge(value, count, Long::sum));
  }
}
