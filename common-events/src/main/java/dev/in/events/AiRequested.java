package dev.in.events;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Drives {@code ai}.
 *
 * @param contentType the sniffed type, as in {@code image/jpeg}
 * @param sha256 of the object's bytes, 64 lower-case hex digits
 * @param width of the primary image as stored, before orientation, in pixels
 * @param height of the primary image as stored, before orientation, in pixels
 */
public record AiRequested(
    ObjectRef object,
    String contentType,
    long sizeBytes,
    String sha256,
    int width,
    int height,
    List<Feature> features)
    implements TaskMessage {
  public AiRequested {
    requireNonNull(object, "object is null");
    requireNonNull(contentType, "contentType is null");
    Identifiers.requireSha256(sha256);
    features = features == null ? Feature.DEFAULT : List.copyOf(features);
  }

  @Override
  public EventType type() {
    return EventType.AI_REQUESTED;
  }
}
