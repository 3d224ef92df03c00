package dev.in.runner.replay;

import static java.util.Objects.requireNonNull;

import dev.in.runner.edge.EdgeRefusal;
import dev.in.runner.edge.RetryPolicy;
import dev.in.runner.process.StackFailure;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The events of a span in the order in which they were recorded: its shards, each of which has that
 * order, merged. So one position says how far a replay has come.
 */
final class HistoryReader {
  private final HistoryClient client;
  private final RetryPolicy retries;
  private final String after;
  private final Instant until;
  private List<Shard> shards = List.of();

  /**
   * @param after a time, or the position of the last event that is not wanted any more
   */
  HistoryReader(HistoryClient client, RetryPolicy retries, String after, Instant until) {
    this.client = requireNonNull(client, "client is null");
    this.retries = requireNonNull(retries, "retries is null");
    this.after = requireNonNull(after, "after is null");
    this.until = requireNonNull(until, "until is null");
  }

  /** The next event; empty after the last. */
  Optional<ReplayedEvent> next() throws StackFailure, InterruptedException, EdgeRefusal {
    if (shards.isEmpty()) {
      open();
    }
    Optional<Shard> first = Optional.empty();
    for (Shard shard : shards) {
      shard.fill();
      if (shard.isBefore(first)) {
        first = Optional.of(shard);
      }
    }
    return first.map(Shard::take);
  }

  private void open() throws StackFailure, InterruptedException, EdgeRefusal {
    List<Shard> opened = new ArrayList<>(List.of(new Shard(0)));
    int count = opened.getFirst().fetch().shards();
    for (int number = 1; number < count; number++) {
      opened.add(new Shard(number));
    }
    shards = List.copyOf(opened);
  }

  /** One shard, read page by page. */
  private final class Shard {
    private final int number;
    private final Deque<ReplayedEvent> events = new ArrayDeque<>();
    private Optional<String> nextAfter = Optional.of(after);

    Shard(int number) {
      this.number = number;
    }

    HistoryClient.Page fetch() throws StackFailure, InterruptedException, EdgeRefusal {
      String from = nextAfter.orElseThrow();
      HistoryClient.Page page = retries.call(() -> client.page(number, from, until));
      events.addAll(page.events());
      nextAfter = page.nextAfter();
      return page;
    }

    void fill() throws StackFailure, InterruptedException, EdgeRefusal {
      while (events.isEmpty() && nextAfter.isPresent()) {
        fetch();
      }
    }

    boolean isBefore(Optional<Shard> other) {
      return !events.isEmpty()
          && other
              .map(shard -> events.getFirst().position().compareTo(shard.position()) < 0)
              .orElse(true);
    }

    String position() {
      return events.getFirst().position();
    }

    ReplayedEvent take() {
      return events.removeFirst();
    }
  }
}
