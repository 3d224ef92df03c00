package dev.in.emulator.pubsub;

import dev.in.emulator.Timers;
import dev.in.emulator.counters.Counters;
import dev.in.emulator.faults.Faults;
import dev.in.emulator.pubsub.push.PushSender;
import dev.in.emulator.pubsub.push.PushWindow;
import java.time.Instant;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * What the subscriptions of one service share.
 *
 * @param pushLimits already divided by the time scale
 * @param idTokens a signed token for an account's email and an audience
 * @param sender made when the first push is
 */
record Environment(
    Timers timers,
    Scale scale,
    PushWindow.Limits pushLimits,
    BiFunction<String, String, String> idTokens,
    Supplier<PushSender> sender,
    Faults faults,
    Counters counters,
    Memory memory,
    Ring<DeliveryRecord> log) {

  Instant now() {
    return timers.clock().instant();
  }
}
