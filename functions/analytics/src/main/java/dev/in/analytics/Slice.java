package dev.in.analytics;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** One hour of one shard of the history, by when events were recorded. */
record Slice(int shard, Instant from) {
  Slice {
    from = requireNonNull(from, "from is null").truncatedTo(ChronoUnit.HOURS);
  }

  Instant until() {
    return from.plus(1, ChronoUnit.HOURS);
  }

  Slice next() {
    return new Slice(shard, until());
  }
}
