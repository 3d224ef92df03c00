package dev.in.core.history;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * One event as the history keeps it: whole, so that a replay sends the same bytes.
 *
 * @param eventId which event; the history has each once
 * @param eventType as it was written
 * @param recordedAt when it came into the history, in whole milliseconds
 * @param body the message's, as it was published
 * @param attributes the message's
 * @param facts what the task's document said of it; empty where that is gone, or a run ahead
 */
public record HistoryEntry(
    UUID eventId,
    String eventType,
    String taskId,
    Instant recordedAt,
    String body,
    Map<String, String> attributes,
    Optional<EventFacts> facts) {

  public HistoryEntry {
    requireNonNull(eventId, "eventId is null");
    requireNonNull(eventType, "eventType is null");
    requireNonNull(taskId, "taskId is null");
    recordedAt = requireNonNull(recordedAt, "recordedAt is null").truncatedTo(ChronoUnit.MILLIS);
    requireNonNull(body, "body is null");
    attributes = Map.copyOf(attributes);
    requireNonNull(facts, "facts is null");
  }

  /** Where it stands in the history. */
  public HistoryPosition position() {
    return HistoryPosition.of(recordedAt, eventId);
  }
}
