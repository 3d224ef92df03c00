package dev.in.core.fetch;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How much time and how many bytes one fetch may take.
 *
 * @param maxBytes of the body, as declared and as it arrives; after decompression too
 * @param time that the host may take in all, redirects included; several tries may share it
 * @param connect the longest wait for one connection or handshake
 * @param idle the longest silence once connected
 */
public record Limits(long maxBytes, HostTime time, Duration connect, Duration idle) {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration IDLE = Duration.ofSeconds(15);

  public Limits {
    requireNonNull(time, "time is null");
    requireNonNull(connect, "connect is null");
    requireNonNull(idle, "idle is null");
    if (maxBytes < 0) {
      throw new IllegalArgumentException("maxBytes is negative: " + maxBytes);
    }
  }

  /** Five seconds to connect and fifteen of silence, both within the host's time. */
  public Limits(long maxBytes, HostTime time) {
    this(maxBytes, time, CONNECT, IDLE);
  }
}
