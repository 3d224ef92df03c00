package dev.in.events;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * What the image says of itself. No GPS and no full EXIF: who may see more reads the task document.
 *
 * @param width of the primary image as stored, before orientation, in pixels
 * @param height of the primary image as stored, before orientation, in pixels
 * @param orientation EXIF's, 1 to 8; 1 where the file has none
 * @param capturedAt ISO 8601 local time, with an offset only if the file has one
 */
public record MetadataExtracted(
    int width,
    int height,
    int orientation,
    Optional<String> capturedAt,
    Optional<String> cameraMake,
    Optional<String> cameraModel,
    Optional<String> lens,
    List<String> keywords)
    implements Event {
  public MetadataExtracted {
    requireNonNull(capturedAt, "capturedAt is null");
    requireNonNull(cameraMake, "cameraMake is null");
    requireNonNull(cameraModel, "cameraModel is null");
    requireNonNull(lens, "lens is null");
    keywords = keywords == null ? List.of() : List.copyOf(keywords);
  }

  @Override
  public EventType type() {
    return EventType.METADATA_EXTRACTED;
  }
}
