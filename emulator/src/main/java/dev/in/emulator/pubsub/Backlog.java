package dev.in.emulator.pubsub;

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
 * threads, no timers and no lock of its own; {@link Subscription} calls it under its lock.
 */
final class Backlog {
  private final TreeMap<Long, Held> all = new TreeMap<>();
  private final SequencedSet<Held> ready = new LinkedHashSet<>();
  private final TreeSet<Held> waiting = new TreeSet<>(Held.BY_TIME);
  private final TreeSet<Held> outstanding = new TreeSet<>(Held.BY_TIME);
  private final Map<String, Held> byAckId = new HashMap<>();
  private final String ackIdPrefix;
  private final LongConsumer bytesHeld;
  private long nextSequence;
  private long nextAckId;

  /**
   * @param ackIdPrefix makes ack ids of this subscription its own
   * @param bytesHeld told of every change in the bytes that are kept
   */
  Backlog(String ackIdPrefix, LongConsumer bytesHeld) {
    this.ackIdPrefix = ackIdPrefix;
    this.bytesHeld = bytesHeld;
  }

  void add(Message message) {
    add(new Held(nextSequence++, message, false));
  }

  private void add(Held held) {
    all.put(held.sequence, held);
    bytesHeld.accept(held.message.bytes());
    ready.add(held);
  }

  /** A second copy of a message, as at-least-once delivery may make one. */
  void duplicate(Held held) {
    Held copy = new Held(nextSequence++, held.message, true);
    copy.failures = held.failures;
    add(copy);
  }

  /** Makes ready what has waited long enough. */
  void promote(Instant now) {
    while (!waiting.isEmpty() && !waiting.first().at.isAfter(now)) {
      Held held = waiting.pollFirst();
      held.state = Held.State.READY;
      ready.add(held);
    }
  }

  boolean hasReady() {
    return !ready.isEmpty();
  }

  /** Takes the next ready message for a receiver, under a new ack id. */
  Held take(Receiver receiver, Instant now) {
    Held held = ready.removeFirst();
    byAckId.remove(held.ackId);
    held.ackId = ackIdPrefix + nextAckId++;
    held.state = Held.State.OUTSTANDING;
    held.holder = receiver;
    held.at = now.plus(receiver.ackDeadline());
    held.deliveredAt = now;
    byAckId.put(held.ackId, held);
    outstanding.add(held);
    receiver.reserve(held.delivery(Optional.empty()));
    return held;
  }

  /** The message of a delivery, also when its deadline has passed but nobody got it since. */
  Optional<Held> find(String ackId) {
    return Optional.ofNullable(byAckId.get(ackId));
  }

  /** What has been out longer than its deadline; the caller decides on each. */
  List<Held> overdue(Instant now) {
    List<Held> overdue = new ArrayList<>();
    for (Held held : outstanding) {
      if (held.at.isAfter(now)) {
        break;
      }
      overdue.add(held);
    }
    return overdue;
  }

  void ack(Held held, Instant now) {
    detach(held, Outcome.ACKED, now);
    drop(held);
  }

  /** Back into the queue, one failure more. */
  void fail(Held held, Outcome how, Duration wait, Instant now) {
    detach(held, how, now);
    held.failures++;
    requeue(held, wait, now);
  }

  /** Out of everyone's reach, one failure more, until it is dropped or requeued. */
  void setAside(Held held, Outcome how, Instant now) {
    detach(held, how, now);
    byAckId.remove(held.ackId);
    held.failures++;
  }

  void requeue(Held held, Duration wait, Instant now) {
    if (held.state != Held.State.ASIDE) {
      return;
    }
    if (wait.isPositive()) {
      held.state = Held.State.WAITING;
      held.at = now.plus(wait);
      waiting.add(held);
    } else {
      held.state = Held.State.READY;
      ready.add(held);
    }
  }

  void extend(Held held, Instant until) {
    outstanding.remove(held);
    held.at = until;
    outstanding.add(held);
  }

  /** Forgets a message for good. */
  void drop(Held held) {
    if (held.state == Held.State.GONE) {
      return;
    }
    byAckId.remove(held.ackId);
    held.state = Held.State.GONE;
    all.remove(held.sequence);
    bytesHeld.accept(-held.message.bytes());
  }

  /** Drops what was published at that time or before. */
  void dropPublishedUntil(Instant time, Instant now) {
    while (!all.isEmpty() && !all.firstEntry().getValue().message.publishTime().isAfter(time)) {
      Held held = all.firstEntry().getValue();
      detach(held, Outcome.WITHDRAWN, now);
      drop(held);
    }
  }

  void clear(Instant now) {
    for (Held held : List.copyOf(all.values())) {
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
  private void detach(Held held, Outcome how, Instant now) {
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
    held.state = Held.State.ASIDE;
  }
}
