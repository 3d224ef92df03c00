package dev.in.metadata;

import dev.in.core.failure.PermanentFailure;
import dev.in.core.stage.MetadataOutput;
import dev.in.events.FailureCode;
import dev.in.formats.ImageFormat;
import dev.in.formats.ImageHeaders;
import dev.in.formats.bytes.ImageBytes;
import dev.in.formats.header.ImageHeader;
import dev.in.formats.header.PixelLimits;
import dev.in.formats.header.UnreadableHeaderException;
import dev.in.limits.Limits;
import dev.in.metadata.tag.ImageTags;
import dev.in.result.Metadata;
import java.io.IOException;
import java.nio.file.Path;

/** Reads an image's size and metadata. */
final class MetadataExtractor {
  private static final PixelLimits LIMITS =
      new PixelLimits(Limits.MAX_PIXELS, Limits.MAX_PROGRESSIVE_PIXELS);

  private MetadataExtractor() {}

  /**
   * @throws PermanentFailure {@code corrupt_image} without a readable header, {@code
   *     too_many_pixels}
   */
  static MetadataOutput extract(Path path, ImageFormat format) throws IOException {
    try (ImageBytes file = ImageBytes.open(path)) {
      ImageHeader header = header(file, format);
      requireAllowed(header);
      Metadata metadata = ImageTags.read(file, format, header);
      return new MetadataOutput(header.width(), header.height(), metadata);
    }
  }

  private static ImageHeader header(ImageBytes file, ImageFormat format) {
    try {
      return ImageHeaders.read(file, format);
    } catch (UnreadableHeaderException e) {
      throw new PermanentFailure(
          FailureCode.CORRUPT_IMAGE, "The image's header cannot be read: " + e.getMessage() + ".");
    }
  }

  private static void requireAllowed(ImageHeader header) {
    if (!LIMITS.allow(header)) {
      throw new PermanentFailure(
          FailureCode.TOO_MANY_PIXELS,
          "The image has %d x %d pixels; at most %d megapixels are allowed%s."
              .formatted(
                  header.width(),
                  header.height(),
                  LIMITS.limitFor(header) / 1_000_000,
                  header.progressive() ? " in a progressive JPEG" : ""));
    }
  }
}
