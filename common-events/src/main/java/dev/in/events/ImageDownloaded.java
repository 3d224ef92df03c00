package dev.in.events;

import static java.util.Objects.requireNonNull;

/**
 * The image lies in the images bucket.
 *
 * @param contentType the sniffed type, as in {@code image/jpeg}
 * @param sha256 of the object's bytes, 64 lower-case hex digits
 */
public record ImageDownloaded(ObjectRef object, String contentType, long sizeBytes, String sha256)
    implements Event {
  public ImageDownloaded {
    requireNonNull(object, "object is null");
    requireNonNull(contentType, "contentType is null");
    Identifiers.requireSha256(sha256);
  }

  @Override
  public EventType type() {
    return EventType.IMAGE_DOWNLOADED;
  }
}
