package dev.in.formats.tiff;

import dev.in.formats.bytes.EndOfFileException;
import dev.in.formats.bytes.ImageBytes;
import dev.in.formats.bytes.Slice;
import dev.in.formats.header.Orientation;
import dev.in.formats.header.UnreadableHeaderException;
import java.util.Optional;

/**
 * EXIF's orientation tag, in a TIFF file or in the EXIF block of another format. Whatever is broken
 * counts as no orientation: a bad tag must not cost the image.
 */
public final class ExifOrientation {
  private static final int ORIENTATION = 0x0112;
  private static final String JPEG_PREFIX = "Exif\0\0";

  private ExifOrientation() {}

  /** The TIFF structure of an EXIF block; some writers copy JPEG's prefix into other formats. */
  public static Slice withoutPrefix(ImageBytes file, Slice block) {
    return block.length() >= JPEG_PREFIX.length() && file.hasText(block.at(), JPEG_PREFIX)
        ? block.from(JPEG_PREFIX.length())
        : block;
  }

  /** What the first directory of an EXIF block says. */
  public static Orientation of(ImageBytes file, Optional<Slice> block) {
    try {
      return block
          .flatMap(exif -> TiffStructure.in(file, withoutPrefix(file, exif)))
          .flatMap(TiffStructure::first)
          .map(ExifOrientation::in)
          .orElse(Orientation.NORMAL);
    } catch (EndOfFileException e) {
      return Orientation.NORMAL;
    }
  }

  static Orientation in(TiffDirectory directory) {
    try {
      return directory.number(ORIENTATION).map(Orientation::ofExif).orElse(Orientation.NORMAL);
    } catch (EndOfFileException | UnreadableHeaderException e) {
      return Orientation.NORMAL;
    }
  }
}
