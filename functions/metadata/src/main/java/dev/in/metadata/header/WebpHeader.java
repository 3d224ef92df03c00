package dev.in.metadata.header;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

/** WebP (RFC 9649): the first chunk tells the canvas. */
final class WebpHeader implements HeaderReader {
  @Override
  public Header read(PictureFile file) {
    boolean truncated = 8 + file.u32(4, LITTLE_ENDIAN) > file.length();
    return switch (file.text(12, 4)) {
      case "VP8X" -> Header.of(u24(file, 24) + 1, u24(file, 27) + 1, truncated);
      case "VP8L" -> lossless(file, truncated);
      case "VP8 " -> lossy(file, truncated);
      default -> throw new UnreadableHeaderException("the first chunk tells no size");
    };
  }

  private static Header lossless(PictureFile file, boolean truncated) {
    if (file.u8(20) != 0x2f) {
      throw new UnreadableHeaderException("VP8L has no signature");
    }
    long bits = file.u32(21, LITTLE_ENDIAN);
    return Header.of((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1, truncated);
  }

  private static Header lossy(PictureFile file, boolean truncated) {
    if (u24(file, 23) != 0x2a019d) {
      throw new UnreadableHeaderException("VP8 has no start code");
    }
    return Header.of(
        file.u16(26, LITTLE_ENDIAN) & 0x3fff, file.u16(28, LITTLE_ENDIAN) & 0x3fff, truncated);
  }

  private static long u24(PictureFile file, long at) {
    return file.u16(at, LITTLE_ENDIAN) | (long) file.u8(at + 2) << 16;
  }
}
