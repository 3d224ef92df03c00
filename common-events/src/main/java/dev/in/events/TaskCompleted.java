package dev.in.events;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * The chain has ended well.
 *
 * @param width of the primary image as stored, in pixels; absent where the chain read no metadata
 * @param height of the primary image as stored, in pixels; absent where the chain read no metadata
 * @param sha256 of the object's bytes, 64 lower-case hex digits
 * @param durationMs from the task's document being created to its last stage's completion
 */
public record TaskCompleted(
    String contentType,
    Optional<Integer> width,
    Optional<Integer> height,
    long sizeBytes,
    String sha256,
    long durationMs)
    implements Event {
  public TaskCompleted {
    requireNonNull(contentType, "contentType is null");
    requireNonNull(width, "width is null");
    requireNonNull(height, "height is null");
    Identifiers.requireSha256(sha256);
  }

  @Override
  public EventType type() {
    return EventType.TASK_COMPLETED;
  }
}
