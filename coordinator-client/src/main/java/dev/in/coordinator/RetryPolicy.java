package dev.in.coordinator;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** How long to wait before another attempt. */
final class RetryPolicy {
  private final ClientSettings settings;
  private final RandomGenerator random;

  RetryPolicy(ClientSettings settings, RandomGenerator random) {
    this.settings = settings;
    this.random = random;
  }

  /**
   * @param failed how many attempts have failed, at least 1
   * @param asked what the edge asked for
   * @return empty where the edge asks for more than this client waits
   */
  Optional<Duration> after(int failed, Optional<Duration> asked) {
    if (asked.isPresent()) {
      return asked.filter(pause -> pause.compareTo(settings.maxBackoff()) <= 0);
    }
    long whole =
        Math.min(
            settings.maxBackoff().toNanos(),
            settings.minBackoff().toNanos() << Math.min(failed - 1, 16));
    return Optional.of(Duration.ofNanos(whole / 2 + random.nextLong(whole - whole / 2 + 1)));
  }

  /** A {@code Retry-After} (RFC 9110, section 10.2.3): seconds or a date; any other is ignored. */
  static Optional<Duration> retryAfter(String header, Instant now) {
    if (header.matches("[0-9]{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(header)));
    }
    try {
      Instant date = ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(date.isAfter(now) ? Duration.between(now, date) : Duration.ZERO);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
