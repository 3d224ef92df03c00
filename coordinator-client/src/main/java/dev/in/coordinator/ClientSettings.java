package dev.in.coordinator;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How patient the client is; the time limit of a call goes before all of it.
 *
 * @param connectTimeout for a connection to be made
 * @param requestTimeout for one request, connection and answer's body included
 * @param attempts requests a call makes at most while the edge is unavailable, at least 1; the
 *     repeat with a fresh token does not count
 * @param shortestPause before the second attempt; each further pause doubles, and each is drawn
 *     between its half and its whole
 * @param longestPause that doubling ends at; a {@code Retry-After} beyond it ends the call instead,
 *     since whoever called can wait better
 */
public record ClientSettings(
    Duration connectTimeout,
    Duration requestTimeout,
    int attempts,
    Duration shortestPause,
    Duration longestPause) {

  /** Ends within half a minute, whatever the edge does: Pub/Sub is the patient one. */
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
    requirePositive(shortestPause, "shortestPause");
    requirePositive(longestPause, "longestPause");
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts must be 1 or more");
    }
    if (longestPause.compareTo(shortestPause) < 0) {
      throw new IllegalArgumentException("longestPause is shorter than shortestPause");
    }
  }

  private static void requirePositive(Duration value, String name) {
    if (!requireNonNull(value, name + " is null").isPositive()) {
      throw new IllegalArgumentException(name + " is not positive");
    }
  }
}
