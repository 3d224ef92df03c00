package dev.in.emulator.pubsub.delivery;

import dev.in.emulator.faults.Effect;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/** One message in one subscription, and its state. Changed by {@link Backlog} only. */
final class QueuedMessage {

  /** The states of a message. */
  enum State {
    /** To be delivered as soon as a receiver takes it. */
    READY,
    /** To be delivered from {@link #at} on. */
    WAITING,
    /** With a receiver until {@link #at}. */
    OUTSTANDING,
    /** In no queue: on its way to the dead-letter topic, or between two queues. */
    ASIDE,
    /** Dropped: acked, expired, or dead-lettered. */
    GONE
  }

  /** By {@link #at}, then by age. */
  static final Comparator<QueuedMessage> BY_TIME =
      Comparator.comparing((QueuedMessage held) -> held.at)
          .thenComparingLong(held -> held.sequence);

  final long sequence;
  final Message message;
  State state = State.READY;
  Instant at = Instant.EPOCH;

  /** A second copy that a fault made. */
  final boolean duplicate;

  /** When it was last handed over. */
  Instant deliveredAt = Instant.EPOCH;

  /** Nacks and missed deadlines so far; a delivery's attempt is one more. */
  int failures;

  /** That of the last delivery; empty before the first. */
  String ackId = "";

  /** The receiver that has it while outstanding. */
  Receiver holder;

  QueuedMessage(long sequence, Message message, boolean duplicate) {
    this.sequence = sequence;
    this.message = message;
    this.duplicate = duplicate;
  }

  Delivery delivery(Optional<Effect.OnDelivery> fault) {
    return new Delivery(ackId, message, failures + 1, deliveredAt, fault);
  }
}
