package dev.in.core.history;

import static java.util.Objects.requireNonNull;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * A place in the order of the history: a time, or just behind one event. Its text is {@code
 * 2026-11-26T10:20:18.123Z}, with {@code /EVENT_ID} behind an event; texts have the order of
 * places.
 */
public record HistoryPosition(String text) implements Comparable<HistoryPosition> {

  /** Always three digits of a second: texts of different lengths would not be in order. */
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

  public HistoryPosition {
    requireNonNull(text, "text is null");
  }

  /** Before everything that was recorded at that time or later. */
  public static HistoryPosition at(Instant time) {
    return new HistoryPosition(TIME.format(time));
  }

  static HistoryPosition of(Instant recordedAt, UUID eventId) {
    return new HistoryPosition(TIME.format(recordedAt) + "/" + eventId);
  }

  /** Reads a place's text, or any time of ISO 8601; empty if it is neither. */
  public static Optional<HistoryPosition> parse(String text) {
    int slash = text.indexOf('/');
    try {
      if (slash < 0) {
        return Optional.of(at(Instant.parse(text)));
      }
      return Optional.of(
          of(Instant.parse(text.substring(0, slash)), UUID.fromString(text.substring(slash + 1))));
    } catch (DateTimeException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public int compareTo(HistoryPosition other) {
    return text.compareTo(other.text);
  }
}
