package dev.in.events;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Drives {@code metadata}.
 *
 * @param contentType the sniffed type, as in {@code image/jpeg}
 * @param sha256 of the object's bytes, 64 lower-case hex digits
 */
public record MetadataRequested(
    ObjectRef object, String contentType, long sizeBytes, String sha256, List<Feature> features)
    implements TaskMessage {
  public MetadataRequested {
    requireNonNull(object, "object is null");
    requireNonNull(contentType, "contentType is null");
    Identifiers.requireSha256(sha256);
    features = features == null ? Feature.DEFAULT : List.copyOf(features);
  }

  @Override
  public EventType type() {
    return EventType.METADATA_REQUESTED;
  }
}
