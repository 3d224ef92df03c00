package dev.in.formats.bmp;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.in.formats.bytes.ImageBytes;
import dev.in.formats.header.ImageHeader;
import dev.in.formats.header.Orientation;

/** BMP: OS/2 1.x with a header of 12 bytes, OS/2 2.x with 16 to 64, Windows with 40 or more. */
public final class BmpHeader {
  private static final int CORE_HEADER = 12;
  private static final int INFO_HEADER = 40;
  private static final int OS2_HEADER = 64;
  private static final long BI_RGB = 0;
  private static final long BI_BITFIELDS = 3;
  private static final long BI_ALPHABITFIELDS = 6;

  private BmpHeader() {}

  public static ImageHeader read(ImageBytes file) {
    long pixels = file.u32(10, LITTLE_ENDIAN);
    long header = file.u32(14, LITTLE_ENDIAN);
    if (header == CORE_HEADER) {
      int width = file.u16(18, LITTLE_ENDIAN);
      int height = file.u16(20, LITTLE_ENDIAN);
      int bits = file.u16(24, LITTLE_ENDIAN);
      return header(width, height, endsBefore(file, pixels, width, height, bits));
    }
    // Both are signed; a negative height means that the rows run from top to bottom.
    int width = (int) file.u32(18, LITTLE_ENDIAN);
    long height = Math.abs((long) (int) file.u32(22, LITTLE_ENDIAN));
    int bits = file.u16(28, LITTLE_ENDIAN);
    boolean truncated =
        isCompressed(file, header)
            ? pixels + file.u32(34, LITTLE_ENDIAN) > file.length()
            : endsBefore(file, pixels, width, height, bits);
    return header(width, height, truncated);
  }

  private static ImageHeader header(long width, long height, boolean truncated) {
    return ImageHeader.of(width, height, Orientation.NORMAL, truncated);
  }

  /** OS/2's short headers say nothing of compression; in its long one, 3 is Huffman's. */
  private static boolean isCompressed(ImageBytes file, long header) {
    long compression = header < INFO_HEADER ? BI_RGB : file.u32(30, LITTLE_ENDIAN);
    boolean masks = compression == BI_BITFIELDS || compression == BI_ALPHABITFIELDS;
    return compression != BI_RGB && (!masks || header == OS2_HEADER);
  }

  private static boolean endsBefore(
      ImageBytes file, long pixels, long width, long height, int bits) {
    long row = (width * bits + 31) / 32 * 4;
    return pixels + row * height > file.length();
  }
}
