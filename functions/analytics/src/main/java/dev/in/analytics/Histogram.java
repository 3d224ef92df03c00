package dev.in.analytics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How many durations fell into each of some fixed buckets.
 *
 * @param counts one for each of {@link #BOUNDS_MS}, and one for what is longer
 */
record Histogram(List<Long> counts) {
  /** Upper bounds in milliseconds, each included. Fixed: what is stored has no others. */
  static final List<Long> BOUNDS_MS =
      List.of(50L, 100L, 250L, 500L, 1_000L, 2_500L, 5_000L, 10_000L, 30_000L, 60_000L, 600_000L);

  static final Histogram EMPTY = new Histogram(Collections.nCopies(BOUNDS_MS.size() + 1, 0L));

  Histogram {
    counts = List.copyOf(counts);
    if (counts.size() != BOUNDS_MS.size() + 1) {
      throw new IllegalArgumentException("there must be " + (BOUNDS_MS.size() + 1) + " counts");
    }
  }

  Histogram with(Duration duration) {
    int bucket = 0;
    while (bucket < BOUNDS_MS.size() && duration.toMillis() > BOUNDS_MS.get(bucket)) {
      bucket++;
    }
    List<Long> more = new ArrayList<>(counts);
    more.set(bucket, more.get(bucket) + 1);
    return new Histogram(more);
  }

  Histogram plus(Histogram other) {
    List<Long> sums = new ArrayList<>();
    for (int bucket = 0; bucket < counts.size(); bucket++) {
      sums.add(counts.get(bucket) + other.counts.get(bucket));
    }
    return new Histogram(sums);
  }
}
