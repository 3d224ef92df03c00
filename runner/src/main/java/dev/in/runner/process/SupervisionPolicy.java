package dev.in.runner.process;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * When a component is restarted.
 *
 * @param initialBackoff before the restart after a first exit; each further one within the window
 *     doubles it
 * @param maxBackoff the longest delay before a restart
 * @param window exits before that long ago are forgotten
 * @param maxExits so many exits within the window, and the component counts as failing
 * @param checkInterval between two liveness checks
 * @param unhealthyLimit how long a component may be unhealthy before its process is killed; longer
 *     than a busy machine or a stopped debugger needs
 * @param notListeningLimit the same for one that accepts no connections: it is shutting down, for
 *     which Cloud Run allows 10 s
 */
public record SupervisionPolicy(
    Duration initialBackoff,
    Duration maxBackoff,
    Duration window,
    int maxExits,
    Duration checkInterval,
    Duration unhealthyLimit,
    Duration notListeningLimit) {

  public static final SupervisionPolicy DEFAULT =
      new SupervisionPolicy(
          Duration.ofMillis(100),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          5,
          Duration.ofSeconds(1),
          Duration.ofSeconds(45),
          Duration.ofSeconds(12));

  public SupervisionPolicy {
    requireNonNull(initialBackoff, "initialBackoff is null");
    requireNonNull(maxBackoff, "maxBackoff is null");
    requireNonNull(window, "window is null");
    requireNonNull(checkInterval, "checkInterval is null");
    requireNonNull(unhealthyLimit, "unhealthyLimit is null");
    requireNonNull(notListeningLimit, "notListeningLimit is null");
  }

  public SupervisionPolicy withNotListeningLimit(Duration limit) {
    return new SupervisionPolicy(
        initialBackoff, maxBackoff, window, maxExits, checkInterval, unhealthyLimit, limit);
  }

  /** How long that state may last. */
  Duration limit(Liveness state) {
    return switch (state) {
      case ALIVE -> throw new IllegalArgumentException("there is no limit to being alive");
      case UNHEALTHY -> unhealthyLimit;
      case NOT_LISTENING -> notListeningLimit;
    };
  }
}
