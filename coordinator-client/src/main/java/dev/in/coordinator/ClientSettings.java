package dev.in.coordinator;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * Timeouts and retries of the client; the time limit of a call takes precedence over all of them.
 *
 * @param connectTimeout for a connection to be made
 * @param requestTimeout for one request, connection and answer's body included
 * @param attempts requests a call makes at most while the edge is unavailable, at least 1; the
 *     repeat with a fresh token does not count
 * @param minBackoff before the second attempt; each further one doubles, and each is drawn at
 *     random between its half and its whole
 * @param maxBackoff that doubling ends at; a {@code Retry-After} beyond it ends the call instead,
 *     since the caller can wait better
 */
public record ClientSettings(
    Duration connectTimeout,
    Duration requestTimeout,
    int attempts,
    Duration minBackoff,
    Duration maxBackoff) {

  /** Ends within half a minute, whatever the edge does: longer waits are Pub/Sub's. */
  public static final ClientSettings DEFAULT =
      new ClientSettings(
          Duration.ofSeconds(3),
          Duration.ofSeconds(8),
          3,
          Duration.ofMillis(200),
          Duration.ofSeconds(2));

  public ClientSettings {
    requirePositive(connectTimeout, "connectTimeout");
    requirePositive(requestTimeout, "requestTimeout");
    requirePositive(minBackoff, "minBackoff");
    requirePositive(maxBackoff, "maxBackoff");
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts must be 1 or more");
    }
    if (maxBackoff.compareTo(minBackoff) < 0) {
      throw new IllegalArgumentException("maxBackoff is shorter than minBackoff");
    }
  }

  private static void requirePositive(Duration value, String name) {
    if (!requireNonNull(value, name + " is null").isPositive()) {
      throw new IllegalArgumentException(name + " is not positive");
    }
  }
}
