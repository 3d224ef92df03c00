package dev.in.emulator.pubsub.delivery;

import dev.in.emulator.faults.Effect;
import dev.in.emulator.time.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one turn of a subscription has decided, to be carried out without its lock. */
final class Turn {
  private final Instant now;
  private final Map<Receiver, List<Delivery>> handOvers = new LinkedHashMap<>();
  private final List<Late> late = new ArrayList<>();
  private final List<Runnable> endings = new ArrayList<>();
  private final List<QueuedMessage> deadLetters = new ArrayList<>();
  private final List<QueuedMessage> taken = new ArrayList<>();

  private record Late(Receiver receiver, Delivery delivery, Duration by) {}

  Turn(Instant now) {
    this.now = now;
  }

  Instant now() {
    return now;
  }

  /** What is to go to the dead-letter topic. */
  List<QueuedMessage> deadLetters() {
    return deadLetters;
  }

  /** What has been taken by receivers. */
  List<QueuedMessage> taken() {
    return taken;
  }

  void handOver(Receiver receiver, QueuedMessage held, Optional<Effect.OnDelivery> fault) {
    taken.add(held);
    Delivery delivery = held.delivery(fault);
    switch (fault.orElse(null)) {
      case Effect.Hang() -> {}
      case Effect.Delay(Duration by) -> late.add(new Late(receiver, delivery, by));
      case Effect.Refuse _, Effect.Abandon _, Effect.RemoveSignature _, Effect.Duplicate _ ->
          add(receiver, delivery);
      case null -> add(receiver, delivery);
    }
  }

  private void add(Receiver receiver, Delivery delivery) {
    handOvers.computeIfAbsent(receiver, unused -> new ArrayList<>()).add(delivery);
  }

  void ended(List<Receiver> receivers, RuntimeException why) {
    receivers.forEach(receiver -> endings.add(() -> receiver.end(why)));
  }

  void handOver(Timers timers) {
    handOvers.forEach(Receiver::deliver);
    late.forEach(
        one -> timers.after(one.by(), () -> one.receiver().deliver(List.of(one.delivery()))));
    endings.forEach(Runnable::run);
  }
}
