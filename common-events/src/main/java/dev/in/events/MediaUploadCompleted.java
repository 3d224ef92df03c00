package dev.in.events;

import static java.util.Objects.requireNonNull;

/**
 * An owner has confirmed an upload: the object is in the images bucket, of the size and type that
 * were declared. The envelope's {@code taskId} is the upload's id.
 *
 * @param contentType as it was declared; nobody has looked at the bytes yet
 */
public record MediaUploadCompleted(
    String uploadId, ObjectRef object, String contentType, long sizeBytes) implements AccountEvent {
  public MediaUploadCompleted {
    Identifiers.requireId("uploadId", uploadId);
    requireNonNull(object, "object is null");
    requireNonNull(contentType, "contentType is null");
  }

  @Override
  public EventType type() {
    return EventType.MEDIA_UPLOAD_COMPLETED;
  }
}
