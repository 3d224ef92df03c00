package dev.in.core.fetch;

import static java.util.Objects.requireNonNull;

import dev.in.core.failure.Deadline;
import java.time.Duration;

/**
 * How much time and how many bytes one fetch may take.
 *
 * @param maxBytes of the body, as declared and as it comes; after decompression too
 * @param deadline for everything from the first look-up to the last byte, redirects included
 * @param connect the longest wait for one connection or handshake
 * @param idle the longest silence once connected
 */
public record Limits(long maxBytes, Deadline deadline, Duration connect, Duration idle) {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration IDLE = Duration.ofSeconds(15);

  public Limits {
    requireNonNull(deadline, "deadline is null");
    requireNonNull(connect, "connect is null");
    requireNonNull(idle, "idle is null");
    if (maxBytes < 0) {
      throw new IllegalArgumentException("maxBytes is negative: " + maxBytes);
    }
  }

  /** Five seconds to connect and fifteen of silence, both within the deadline. */
  public Limits(long maxBytes, Deadline deadline) {
    this(maxBytes, deadline, CONNECT, IDLE);
  }
}
