package dev.in.emulator.pubsub.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongConsumer;

/**
 * The messages of one subscription and what time does to them. A plain data structure: it has no
 * threads, no timers and no lock of its own; {@link LiveSubscription} calls it under its lock.
 */
final class Backlog {
  private final TreeMap<Long, QueuedMessage> all = new TreeMap<>();
  private final SequencedSet<QueuedMessage> ready = new LinkedHashSet<>();
  private final TreeSet<QueuedMessage> waiting = new TreeSet<>(QueuedMessage.BY_TIME);
  private final TreeSet<QueuedMessage> outstanding = new TreeSet<>(QueuedMessage.BY_TIME);
  private final Map<String, QueuedMessage> byAckId = new HashMap<>();
  private final String ackIdPrefix;
  private final LongConsumer bytesHeld;
  private long nextSequence;
  private long nextAckId;

  /**
   * @param ackIdPrefix makes ack ids of this subscription its own
   * @param bytesHeld receives every change in the number of bytes that are kept
   */
  Backlog(String ackIdPrefix, LongConsumer bytesHeld) {
    this.ackIdPrefix = ackIdPrefix;
    this.bytesHeld = bytesHeld;
  }

  void add(Message message) {
    add(new QueuedMessage(nextSequence++, message, false));
  }

  private void add(QueuedMessage held) {
    all.put(held.sequence, held);
    bytesHeld.accept(held.message.bytes());
    ready.add(held);
  }

  /** A second copy of a message, as at-least-once delivery may make one. */
  void duplicate(QueuedMessage held) {
    QueuedMessage copy = new QueuedMessage(nextSequence++, held.message, true);
    copy.failures = held.failures;
    add(copy);
  }

  /** Makes ready what has waited long enough. */
  void promote(Instant now) {
    while (!waiting.isEmpty() && !waiting.first().at.isAfter(now)) {
      QueuedMessage held = waiting.pollFirst();
      held.state = QueuedMessage.State.READY;
      ready.add(held);
    }
  }

  boolean hasReady() {
    return !ready.isEmpty();
  }

  /** Takes the next ready message for a receiver, under a new ack id. */
  QueuedMessage take(Receiver receiver, Instant now) {
    QueuedMessage held = ready.removeFirst();
    byAckId.remove(held.ackId);
    held.ackId = ackIdPrefix + nextAckId++;
    held.state = QueuedMessage.State.OUTSTANDING;
    held.holder = receiver;
    held.at = now.plus(receiver.ackDeadline());
    held.deliveredAt = now;
    byAckId.put(held.ackId, held);
    outstanding.add(held);
    receiver.reserve(held.delivery(Optional.empty()));
    return held;
  }

  /**
   * The message of a delivery, also when its deadline has passed but it was not delivered again.
   */
  Optional<QueuedMessage> find(String ackId) {
    return Optional.ofNullable(byAckId.get(ackId));
  }

  /** What has been out longer than its deadline; the caller decides on each. */
  List<QueuedMessage> overdue(Instant now) {
    List<QueuedMessage> overdue = new ArrayList<>();
    for (QueuedMessage held : outstanding) {
      if (held.at.isAfter(now)) {
        break;
      }
      overdue.add(held);
    }
    return overdue;
  }

  void ack(QueuedMessage held, Instant now) {
    detach(held, Outcome.ACKED, now);
    drop(held);
  }

  /** Back into the queue, one failure more. */
  void fail(QueuedMessage held, Outcome how, Duration wait, Instant now) {
    detach(held, how, now);
    held.failures++;
    requeue(held, wait, now);
  }

  /** Out of every queue, one failure more, until it is dropped or requeued. */
  void setAside(QueuedMessage held, Outcome how, Instant now) {
    detach(held, how, now);
    byAckId.remove(held.ackId);
    held.failures++;
  }

  void requeue(QueuedMessage held, Duration wait, Instant now) {
    if (held.state != QueuedMessage.State.ASIDE) {
      return;
    }
    if (wait.isPositive()) {
      held.state = QueuedMessage.State.WAITING;
      held.at = now.plus(wait);
      waiting.add(held);
    } else {
      held.state = QueuedMessage.State.READY;
      ready.add(held);
    }
  }

  void extend(QueuedMessage held, Instant until) {
    outstanding.remove(held);
    held.at = until;
    outstanding.add(held);
  }

  /** Forgets a message for good. */
  void drop(QueuedMessage held) {
    if (held.state == QueuedMessage.State.GONE) {
      return;
    }
    byAckId.remove(held.ackId);
    held.state = QueuedMessage.State.GONE;
    all.remove(held.sequence);
    bytesHeld.accept(-held.message.bytes());
  }

  /** Drops what was published at that time or before. */
  void dropPublishedUntil(Instant time, Instant now) {
    while (!all.isEmpty() && !all.firstEntry().getValue().message.publishTime().isAfter(time)) {
      QueuedMessage held = all.firstEntry().getValue();
      detach(held, Outcome.WITHDRAWN, now);
      drop(held);
    }
  }

  void clear(Instant now) {
    for (QueuedMessage held : List.copyOf(all.values())) {
      detach(held, Outcome.WITHDRAWN, now);
      drop(held);
    }
  }

  /** When time will next change something here: a wait or a deadline ends. */
  Optional<Instant> nextChange() {
    Instant next = Instant.MAX;
    if (!waiting.isEmpty()) {
      next = waiting.first().at;
    }
    if (!outstanding.isEmpty() && outstanding.first().at.isBefore(next)) {
      next = outstanding.first().at;
    }
    return next.equals(Instant.MAX) ? Optional.empty() : Optional.of(next);
  }

  /** Publish time of the oldest message. */
  Optional<Instant> oldest() {
    return Optional.ofNullable(all.firstEntry())
        .map(entry -> entry.getValue().message.publishTime());
  }

  int size() {
    return all.size();
  }

  int outstanding() {
    return outstanding.size();
  }

  /** Takes a message out of every queue. */
  private void detach(QueuedMessage held, Outcome how, Instant now) {
    switch (held.state) {
      case READY -> ready.remove(held);
      case WAITING -> waiting.remove(held);
      case OUTSTANDING -> {
        outstanding.remove(held);
        held.holder.release(held.delivery(Optional.empty()), how, now);
        held.holder = null;
      }
      case ASIDE, GONE -> {
        return;
      }
    }
    held.state = QueuedMessage.State.ASIDE;
  }
}
