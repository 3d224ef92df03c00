package dev.in.emulator.pubsub;

import static dev.in.emulator.pubsub.Checks.check;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/** ModifyAckDeadline, for single calls and for streams. */
final class Deadlines {
  private static final int MOST_SECONDS = 600;

  private Deadlines() {}

  /** Zero seconds is a nack. */
  static void modify(LiveSubscription subscription, List<String> ackIds, int seconds) {
    check(
        seconds >= 0 && seconds <= MOST_SECONDS,
        "ack_deadline_seconds must be between 0 and 600, not " + seconds);
    if (seconds == 0) {
      subscription.nack(ackIds, OptionalInt.empty());
    } else {
      subscription.extend(ackIds, Duration.ofSeconds(seconds));
    }
  }
}
