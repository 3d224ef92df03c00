package dev.in.analytics;

import static java.util.Objects.requireNonNull;

import dev.in.core.failure.Deadline;
import dev.in.core.failure.TransientFailure;
import dev.in.core.history.History;
import dev.in.core.history.HistoryEntry;
import dev.in.core.history.HistoryPosition;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Counts the history hour by hour. An hour's slices are counted once it cannot change any more, and
 * then never again: whoever counts them at the same time, or once more, counts the same.
 */
final class RollUp {
  /**
   * After its end a slice may still get events whose writes were under way, or whose recorder's
   * clock was slow: longer than a request lasts.
   */
  static final Duration GRACE = Duration.ofMinutes(5);

  private static final int PAGE_SIZE = 500;

  private final History history;
  private final StatisticsStore store;
  private final InstantSource clock;

  RollUp(History history, StatisticsStore store, InstantSource clock) {
    this.history = requireNonNull(history, "history is null");
    this.store = requireNonNull(store, "store is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * Writes what is over and not yet written, the oldest first, as long as there is time.
   *
   * @return how many slices were counted
   * @throws TransientFailure if Firestore does not answer, or the time is up
   */
  int pass(Deadline deadline) {
    int counted = 0;
    for (int shard = 0; shard < history.shards(); shard++) {
      Optional<Slice> next = firstUncounted(shard, deadline);
      while (next.isPresent() && isOver(next.get())) {
        store.create(next.get(), recount(next.get(), deadline), deadline);
        counted++;
        next = next.map(Slice::next);
      }
    }
    return counted;
  }

  /**
   * Statistics by hour: what is written, and a recount of what is not yet.
   *
   * @param since rounded down to an hour
   */
  Map<Instant, Statistics> since(Instant since, Deadline deadline) {
    Map<Instant, Statistics> hours = new TreeMap<>();
    for (int shard = 0; shard < history.shards(); shard++) {
      Optional<Slice> open = firstUncounted(shard, deadline);
      if (open.isPresent()) {
        count(new Slice(shard, since), open.get(), hours, deadline);
      }
    }
    return hours;
  }

  /** The latest hour that cannot change any more. */
  Instant latestHour() {
    return new Slice(0, clock.instant().minus(GRACE).minus(Duration.ofHours(1))).from();
  }

  /** What is written of one hour: all of it, once a pass has come to its end. */
  Statistics written(Instant hour, Deadline deadline) {
    Statistics sum = Statistics.NONE;
    for (int shard = 0; shard < history.shards(); shard++) {
      Map<Slice, Statistics> written = store.since(shard, hour, deadline);
      sum = sum.plus(written.getOrDefault(new Slice(shard, hour), Statistics.NONE));
    }
    return sum;
  }

  /** A pass may write slices meanwhile: they are counted here all the same, and not read. */
  private void count(Slice first, Slice open, Map<Instant, Statistics> hours, Deadline deadline) {
    store
        .since(first.shard(), first.from(), deadline)
        .forEach(
            (slice, written) -> {
              if (slice.from().isBefore(open.from())) {
                hours.merge(slice.from(), written, Statistics::plus);
              }
            });
    Slice next = open.from().isBefore(first.from()) ? first : open;
    for (; next.from().isBefore(clock.instant()); next = next.next()) {
      hours.merge(next.from(), recount(next, deadline), Statistics::plus);
    }
  }

  /** Empty where the shard has no event. */
  private Optional<Slice> firstUncounted(int shard, Deadline deadline) {
    return store
        .latest(shard, deadline)
        .map(Slice::next)
        .or(
            () ->
                history
                    .page(shard, HistoryPosition.at(Instant.EPOCH), tomorrow(), 1, deadline)
                    .entries()
                    .stream()
                    .findFirst()
                    .map(entry -> new Slice(shard, entry.recordedAt())));
  }

  private HistoryPosition tomorrow() {
    return HistoryPosition.at(clock.instant().plus(Duration.ofDays(1)));
  }

  private boolean isOver(Slice slice) {
    return !slice.until().plus(GRACE).isAfter(clock.instant());
  }

  private Statistics recount(Slice slice, Deadline deadline) {
    EventCounter counter = new EventCounter();
    Optional<HistoryPosition> after = Optional.of(HistoryPosition.at(slice.from()));
    HistoryPosition until = HistoryPosition.at(slice.until());
    while (after.isPresent()) {
      History.Page page = history.page(slice.shard(), after.get(), until, PAGE_SIZE, deadline);
      for (HistoryEntry entry : page.entries()) {
        counter.count(entry);
      }
      after = page.next();
    }
    return counter.result();
  }
}
