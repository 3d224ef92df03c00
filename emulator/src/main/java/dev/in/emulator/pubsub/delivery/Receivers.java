package dev.in.emulator.pubsub.delivery;

import dev.in.emulator.faults.Effect;
import dev.in.emulator.faults.Faults;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The receivers of one subscription, served in turn. Used under its lock. */
final class Receivers {
  private final String subscriptionId;
  private final Faults faults;
  private final List<Receiver> receivers = new ArrayList<>();

  /** The index of the one that was served last. */
  private int next;

  Receivers(String subscriptionId, Environment environment) {
    this.subscriptionId = subscriptionId;
    this.faults = environment.faults();
  }

  void add(Receiver receiver) {
    receivers.add(receiver);
  }

  boolean remove(Receiver receiver) {
    return receivers.remove(receiver);
  }

  List<Receiver> removeAll() {
    List<Receiver> removed = List.copyOf(receivers);
    receivers.clear();
    return removed;
  }

  /** The earliest time at which one may want messages although nothing else happens. */
  Optional<Instant> wakesAt() {
    return receivers.stream()
        .map(Receiver::wakesAt)
        .flatMap(Optional::stream)
        .min(Instant::compareTo);
  }

  /** Hands ready messages to receivers in turn until none is left or no receiver wants one. */
  void handOut(Backlog backlog, Turn turn) {
    while (backlog.hasReady()) {
      Optional<Receiver> receiver = nextWilling(turn.now());
      if (receiver.isEmpty()) {
        break;
      }
      QueuedMessage held = backlog.take(receiver.get(), turn.now());
      Optional<Effect.OnDelivery> fault =
          held.duplicate ? Optional.empty() : faults.onDelivery(subscriptionId);
      if (fault.filter(Effect.Duplicate.class::isInstance).isPresent()) {
        backlog.duplicate(held);
      }
      turn.handOver(receiver.get(), held, fault);
    }
    receivers.removeIf(Receiver::isDone);
  }

  private Optional<Receiver> nextWilling(Instant now) {
    for (int tried = 0; tried < receivers.size(); tried++) {
      next = (next + 1) % receivers.size();
      Receiver receiver = receivers.get(next);
      if (receiver.wants(now)) {
        return Optional.of(receiver);
      }
    }
    return Optional.empty();
  }
}
