package dev.in.emulator.pubsub.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What takes messages off a subscription: a waiting pull, a stream, the pushing side. All calls but
 * {@link #deliver} are made under the subscription's lock and must not block or call back.
 */
public interface Receiver {

  /** Whether it takes another message now. */
  boolean wants(Instant now);

  /** Whether it will never want another; then it is let go. */
  default boolean isDone() {
    return false;
  }

  /** When it may want messages although nothing else happens, as after a pause. */
  default Optional<Instant> wakesAt() {
    return Optional.empty();
  }

  /** How many messages it takes at once, where that changes with what comes of them. */
  default Optional<Integer> windowSize() {
    return Optional.empty();
  }

  /** How long it has for each message. */
  Duration ackDeadline();

  /** A message is its own from now on; {@link #deliver} follows. */
  void reserve(Delivery delivery);

  /** A delivery is settled, by whomever. */
  void release(Delivery delivery, Outcome how, Instant now);

  /** Hands over. Called without the lock, from any thread, possibly from several at once. */
  void deliver(List<Delivery> deliveries);

  /** Nothing more will come. Called without the lock. */
  void end(RuntimeException why);
}
