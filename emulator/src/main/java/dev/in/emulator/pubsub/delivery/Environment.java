package dev.in.emulator.pubsub.delivery;

import dev.in.emulator.counters.Counters;
import dev.in.emulator.faults.Faults;
import dev.in.emulator.pubsub.config.PushTarget;
import dev.in.emulator.time.Timers;
import java.time.Instant;

/** What the subscriptions of one service share. */
public record Environment(
    Timers timers,
    PushReceivers pushReceivers,
    Faults faults,
    Counters counters,
    MemoryLimit memory,
    RingBuffer<DeliveryRecord> log) {

  /** Makes what pushes a subscription's messages. */
  @FunctionalInterface
  public interface PushReceivers {
    Receiver create(LiveSubscription subscription, PushTarget target);
  }

  public Instant now() {
    return timers.clock().instant();
  }
}
