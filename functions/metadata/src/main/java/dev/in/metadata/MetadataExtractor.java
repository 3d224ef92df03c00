package dev.in.metadata;

import dev.in.core.failure.PermanentFailure;
import dev.in.core.image.ImageFormat;
import dev.in.core.stage.MetadataOutput;
import dev.in.events.FailureCode;
import dev.in.metadata.header.Header;
import dev.in.metadata.header.HeaderReader;
import dev.in.metadata.header.PictureFile;
import dev.in.metadata.header.UnreadableHeaderException;
import dev.in.metadata.tag.PictureTags;
import dev.in.result.Metadata;
import java.io.IOException;
import java.nio.file.Path;

/** Reads a picture's size and what it says of itself. */
final class MetadataExtractor {
  /** Pictures beyond cannot be decoded in the memory that functions have. */
  private static final long MAX_PIXELS = 100_000_000;

  /**
   * A progressive JPEG is decoded whole, at four bytes a pixel, whatever one asks of the decoder.
   */
  private static final long MAX_PROGRESSIVE_PIXELS = 50_000_000;

  private MetadataExtractor() {}

  /**
   * @throws PermanentFailure {@code corrupt_image} without a readable header, {@code
   *     too_many_pixels}
   */
  static MetadataOutput extract(Path path, ImageFormat format) throws IOException {
    try (PictureFile file = PictureFile.open(path)) {
      Header header = header(file, format);
      requireAffordable(header);
      Metadata metadata = PictureTags.read(file, format, header.truncated());
      return new MetadataOutput(header.width(), header.height(), metadata);
    }
  }

  private static Header header(PictureFile file, ImageFormat format) {
    try {
      return HeaderReader.of(format).read(file);
    } catch (UnreadableHeaderException e) {
      throw new PermanentFailure(
          FailureCode.CORRUPT_IMAGE,
          "The picture's header cannot be read: " + e.getMessage() + ".");
    }
  }

  private static void requireAffordable(Header header) {
    long most = header.progressive() ? MAX_PROGRESSIVE_PIXELS : MAX_PIXELS;
    if (header.pixels() > most) {
      throw new PermanentFailure(
          FailureCode.TOO_MANY_PIXELS,
          "The picture has %d x %d pixels; at most %d megapixels are taken%s."
              .formatted(
                  header.width(),
                  header.height(),
                  most / 1_000_000,
                  header.progressive() ? " of a progressive JPEG" : ""));
    }
  }
}
