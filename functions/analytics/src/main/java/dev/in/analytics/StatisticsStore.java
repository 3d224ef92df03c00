package dev.in.analytics;

import dev.in.core.failure.Deadline;
import dev.in.core.failure.TransientFailure;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The statistics of slices that are over, each written once. Methods throw {@link TransientFailure}
 * if the store does not answer.
 */
interface StatisticsStore {

  /** Keeps a slice's statistics; what is there already stays, and is the same. */
  void create(Slice slice, Statistics statistics, Deadline deadline);

  /** The latest slice of a shard. */
  Optional<Slice> latest(int shard, Deadline deadline);

  /** All slices of a shard that begin at that time or later. */
  Map<Slice, Statistics> since(int shard, Instant time, Deadline deadline);
}
