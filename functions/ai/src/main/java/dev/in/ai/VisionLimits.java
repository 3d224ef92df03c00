package dev.in.ai;

import dev.in.core.stage.DownloadOutput;
import dev.in.core.stage.MetadataOutput;
import dev.in.formats.ImageFormat;
import java.util.Optional;
import java.util.Set;

/**
 * What Cloud Vision takes.
 *
 * @see <a href="https://cloud.google.com/vision/docs/supported-files">Supported images</a>
 */
final class VisionLimits {
  private static final Set<ImageFormat> TAKEN =
      Set.of(
          ImageFormat.JPEG,
          ImageFormat.PNG,
          ImageFormat.GIF,
          ImageFormat.WEBP,
          ImageFormat.TIFF,
          ImageFormat.BMP);
  private static final long MAX_BYTES = 20L << 20;
  private static final long MAX_PIXELS = 75_000_000;

  private VisionLimits() {}

  /** Why Vision would not take this image; empty if it does. */
  static Optional<String> refusal(DownloadOutput image, MetadataOutput size) {
    Optional<ImageFormat> format = ImageFormat.ofContentType(image.contentType());
    if (format.isEmpty() || !TAKEN.contains(format.get())) {
      return Optional.of("Cloud Vision takes no " + image.contentType() + ".");
    }
    if (image.sizeBytes() > MAX_BYTES) {
      return Optional.of("Cloud Vision takes no files above 20 MB.");
    }
    if ((long) size.width() * size.height() > MAX_PIXELS) {
      return Optional.of("Cloud Vision takes no images above 75 megapixels.");
    }
    return Optional.empty();
  }
}
