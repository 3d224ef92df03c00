package dev.in.analytics;

import static java.util.Objects.requireNonNull;

import dev.in.core.failure.Deadline;
import dev.in.core.telemetry.Meters;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;

/** Publishes the latest hour as metrics: as it is written, whichever instance has counted it. */
final class HourMeters {
  private final RollUp rollUp;
  private final Prices prices;
  private final Meters meters;
  private Instant published = Instant.EPOCH;

  HourMeters(RollUp rollUp, Prices prices, Meters meters) {
    this.rollUp = requireNonNull(rollUp, "rollUp is null");
    this.prices = requireNonNull(prices, "prices is null");
    this.meters = requireNonNull(meters, "meters is null");
  }

  /** After a pass; reads nothing where the hour is published already. */
  synchronized void publish(Deadline deadline) {
    Instant hour = rollUp.latestHour();
    if (hour.equals(published)) {
      return;
    }
    Statistics statistics = rollUp.written(hour, deadline);
    SortedMap<String, Long> tasks = new TreeMap<>(statistics.by("status"));
    tasks.putIfAbsent("completed", 0L);
    tasks.putIfAbsent("failed", 0L);
    meters.hour(
        tasks,
        statistics.by("channel"),
        statistics.by("failure"),
        statistics.by(EventCounter.BILLABLE),
        prices.dollars(statistics));
    published = hour;
  }
}
