package dev.in.emulator.pubsub.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** What one subscription has done, for people and tests. Used under its lock. */
final class SubscriptionCounts {
  private final String subscriptionId;
  private final Environment environment;
  private long deliveries;
  private long acks;
  private long nacks;
  private long expirations;
  private long deadLettered;

  SubscriptionCounts(String subscriptionId, Environment environment) {
    this.subscriptionId = subscriptionId;
    this.environment = environment;
  }

  void handedOut(Turn turn) {
    for (QueuedMessage held : turn.taken()) {
      deliveries++;
      environment.counters().add(Billing.DELIVERED, 1);
      environment.counters().add(Billing.DELIVERED + "." + subscriptionId, 1);
      environment.counters().add(Billing.BYTES_DELIVERED, Billing.billed(held.message.bytes()));
    }
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
