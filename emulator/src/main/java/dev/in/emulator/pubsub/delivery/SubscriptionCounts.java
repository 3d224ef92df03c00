package dev.in.emulator.pubsub.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** What one subscription has done, for people and tests. Used under its lock. */
final class SubscriptionCounts {
  private final String subscriptionId;
  private final Environment environment;
  private final String deliveredName;
  private long deliveries;
  private long acks;
  private long nacks;
  private long expirations;
  private long deadLettered;

  SubscriptionCounts(String subscriptionId, Environment environment) {
    this.subscriptionId = subscriptionId;
    this.environment = environment;
    this.deliveredName = Billing.DELIVERED + "." + subscriptionId;
  }

  void handedOut(Turn turn) {
    if (turn.taken().isEmpty()) {
      return;
    }
    int taken = turn.taken().size();
    long bytes = turn.taken().stream().mapToLong(one -> Billing.billed(one.message.bytes())).sum();
    deliveries += taken;
    environment.counters().add(Billing.DELIVERED, taken);
    environment.counters().add(deliveredName, taken);
    environment.counters().add(Billing.BYTES_DELIVERED, bytes);
  }

  void acked(QueuedMessage held, Instant now, OptionalInt httpStatus) {
    acks++;
    log(held, Outcome.ACKED, now, httpStatus);
  }

  void failed(QueuedMessage held, Outcome how, Instant now, OptionalInt httpStatus) {
    if (how == Outcome.EXPIRED) {
      expirations++;
    } else {
      nacks++;
    }
    log(held, how, now, httpStatus);
  }

  void deadLettered() {
    deadLettered++;
  }

  SubscriptionStats stats(Backlog backlog, Optional<Receiver> push, Instant now) {
    return new SubscriptionStats(
        backlog.size(),
        backlog.outstanding(),
        backlog.oldest().map(published -> Duration.between(published, now)),
        deliveries,
        acks,
        nacks,
        expirations,
        deadLettered,
        push.flatMap(Receiver::windowSize),
        push.flatMap(Receiver::wakesAt).filter(now::isBefore));
  }

  private void log(QueuedMessage held, Outcome outcome, Instant now, OptionalInt httpStatus) {
    environment
        .log()
        .add(
            new DeliveryRecord(
                subscriptionId,
                held.message.id(),
                held.failures + 1,
                held.deliveredAt,
                now,
                outcome,
                httpStatus));
  }
}
