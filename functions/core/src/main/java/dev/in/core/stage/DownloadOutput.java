package dev.in.core.stage;

import static java.util.Objects.requireNonNull;

import dev.in.events.ImageDownloaded;
import dev.in.events.ObjectRef;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * The image as it is stored in the images bucket.
 *
 * @param contentType the detected one
 * @param sha256 64 lower-case hex digits
 * @param crc32c base64 of the big-endian checksum, as Cloud Storage writes it
 */
@RegisterForReflection
public record DownloadOutput(
    ObjectRef object, String contentType, long sizeBytes, String sha256, String crc32c)
    implements StageOutput {
  public DownloadOutput {
    requireNonNull(object, "object is null");
    requireNonNull(contentType, "contentType is null");
    requireNonNull(sha256, "sha256 is null");
    requireNonNull(crc32c, "crc32c is null");
  }

  @Override
  public ImageDownloaded announcement() {
    return new ImageDownloaded(object, contentType, sizeBytes, sha256);
  }
}
