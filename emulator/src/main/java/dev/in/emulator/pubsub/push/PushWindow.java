package dev.in.emulator.pubsub.push;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;

/**
 * How fast a subscription pushes: how many requests may be out at once, and whether it pauses.
 *
 * <p>Pub/Sub's pages "Push subscriptions" (delivery rate) and "Handle message failures" (push
 * backoff) give the rules and leave the numbers open: the window starts at a small single digit,
 * grows exponentially while messages are acked and shrinks when one is not; a nack makes the whole
 * subscription wait, from 100 ms up to 60 s. Here each ack adds one to the window, which doubles it
 * each time the whole window is acked; a failure halves it and doubles the pause; the next ack ends
 * the pause. Failures of requests that were sent before a pause began belong to that pause.
 *
 * <p>Not thread-safe.
 */
public final class PushWindow {

  /**
   * @param maximum requests at once. Google's is in the thousands, spread over as many containers
   *     as that takes; here one process answers, and 80 is what Cloud Run gives one container
   */
  public record Limits(int initial, int maximum, Duration minPause, Duration maxPause) {
    public static final Limits DEFAULT =
        new Limits(4, 80, Duration.ofMillis(100), Duration.ofSeconds(60));

    public Limits {
      requireNonNull(minPause, "minPause is null");
      requireNonNull(maxPause, "maxPause is null");
      if (initial < 1 || maximum < initial) {
        throw new IllegalArgumentException("no window: " + initial + ".." + maximum);
      }
    }
  }

  private final Limits limits;
  private int size;
  private Duration nextPause;
  private Instant pausedSince = Instant.MIN;
  private Instant pausedUntil = Instant.MIN;

  public PushWindow(Limits limits) {
    this.limits = requireNonNull(limits, "limits is null");
    this.size = limits.initial();
    this.nextPause = limits.minPause();
  }

  /** How many requests may be out at once. */
  public int size() {
    return size;
  }

  /** Until when nothing is pushed; in the past when nothing is held back. */
  public Instant pausedUntil() {
    return pausedUntil;
  }

  public boolean isPaused(Instant now) {
    return now.isBefore(pausedUntil);
  }

  /** A request was answered with an ack. */
  public void acked() {
    size = Math.min(size + 1, limits.maximum());
    nextPause = limits.minPause();
    pausedUntil = Instant.MIN;
  }

  /** A request was answered with anything else, or not in time. */
  public void failed(Instant sentAt, Instant now) {
    if (isPaused(now) && !sentAt.isAfter(pausedSince)) {
      return;
    }
    size = Math.max(1, size / 2);
    pausedSince = now;
    pausedUntil = now.plus(nextPause);
    Duration doubled = nextPause.multipliedBy(2);
    nextPause = doubled.compareTo(limits.maxPause()) > 0 ? limits.maxPause() : doubled;
  }
}
