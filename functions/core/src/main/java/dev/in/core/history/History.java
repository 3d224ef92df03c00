package dev.in.core.history;

import dev.in.core.failure.Deadline;
import dev.in.core.failure.TransientFailure;
import dev.in.events.MalformedEventException;
import java.util.List;
import java.util.Optional;

/**
 * Every event once, for as long as the topology's {@code historyTtl}, in the order in which they
 * were recorded. It has several shards, each with an order of its own: one order would be one hot
 * end of an index. Each method throws {@link TransientFailure} if the history does not answer.
 */
public interface History {

  /**
   * Keeps an event; a repeat changes nothing.
   *
   * @return false where it is there already
   * @throws MalformedEventException if it can never be kept
   */
  boolean add(HistoryEntry entry, Deadline deadline) throws MalformedEventException;

  /** How many shards there are, numbered from 0. */
  int shards();

  /**
   * Events of one shard in their order.
   *
   * @param after what they come behind
   * @param until what they come before
   */
  Page page(int shard, HistoryPosition after, HistoryPosition until, int limit, Deadline deadline);

  /** All events of a task, in the order in which they were recorded. */
  List<HistoryEntry> entriesOfTask(String taskId, Deadline deadline);

  /** Removes all events of a task. */
  void deleteTask(String taskId, Deadline deadline);

  /**
   * @param next what the next page comes behind; empty after the last
   */
  record Page(List<HistoryEntry> entries, Optional<HistoryPosition> next) {
    public Page {
      entries = List.copyOf(entries);
    }
  }
}
