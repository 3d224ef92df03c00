package dev.in.formats.webp;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.in.formats.bytes.ImageBytes;
import dev.in.formats.header.ImageHeader;
import dev.in.formats.header.Orientation;
import dev.in.formats.header.UnreadableHeaderException;
import dev.in.formats.tiff.ExifOrientation;

/** WebP (RFC 9649): the first chunk states the size of the canvas. */
public final class WebpHeader {
  private WebpHeader() {}

  public static ImageHeader read(ImageBytes file) {
    return switch (file.text(12, 4)) {
      case "VP8X" -> header(file, u24(file, 24) + 1, u24(file, 27) + 1);
      case "VP8L" -> lossless(file);
      case "VP8 " -> lossy(file);
      default -> throw new UnreadableHeaderException("the first chunk states no size");
    };
  }

  private static ImageHeader lossless(ImageBytes file) {
    if (file.u8(20) != 0x2f) {
      throw new UnreadableHeaderException("VP8L has no signature");
    }
    long bits = file.u32(21, LITTLE_ENDIAN);
    return header(file, (bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1);
  }

  private static ImageHeader lossy(ImageBytes file) {
    if (u24(file, 23) != 0x2a019d) {
      throw new UnreadableHeaderException("VP8 has no start code");
    }
    int width = file.u16(26, LITTLE_ENDIAN) & 0x3fff;
    int height = file.u16(28, LITTLE_ENDIAN) & 0x3fff;
    return header(file, width, height);
  }

  private static ImageHeader header(ImageBytes file, long width, long height) {
    Orientation orientation = ExifOrientation.of(file, RiffChunks.first(file, "EXIF"));
    boolean truncated = 8 + file.u32(4, LITTLE_ENDIAN) > file.length();
    return ImageHeader.of(width, height, orientation, truncated);
  }

  private static long u24(ImageBytes file, long at) {
    return file.u16(at, LITTLE_ENDIAN) | (long) file.u8(at + 2) << 16;
  }
}
