package dev.in.metadata.header;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

/** BMP with the OS/2 header of 12 bytes or one of Windows' longer ones. */
final class BmpHeader implements HeaderReader {
  private static final int CORE_HEADER = 12;
  private static final int INFO_HEADER = 40;
  private static final long BI_RGB = 0;
  private static final long BI_BITFIELDS = 3;

  @Override
  public Header read(PictureFile file) {
    long pixels = file.u32(10, LITTLE_ENDIAN);
    long header = file.u32(14, LITTLE_ENDIAN);
    if (header == CORE_HEADER) {
      int width = file.u16(18, LITTLE_ENDIAN);
      int height = file.u16(20, LITTLE_ENDIAN);
      int bits = file.u16(24, LITTLE_ENDIAN);
      return Header.of(width, height, endsBefore(file, pixels, width, height, bits));
    }
    // Both are signed; a negative height means that the rows run from top to bottom.
    int width = (int) file.u32(18, LITTLE_ENDIAN);
    long height = Math.abs((long) (int) file.u32(22, LITTLE_ENDIAN));
    int bits = file.u16(28, LITTLE_ENDIAN);
    boolean truncated =
        isPacked(file, header)
            ? pixels + file.u32(34, LITTLE_ENDIAN) > file.length()
            : endsBefore(file, pixels, width, height, bits);
    return Header.of(width, height, truncated);
  }

  /** OS/2's headers of less than 40 bytes say nothing of compression. */
  private static boolean isPacked(PictureFile file, long header) {
    long compression = header < INFO_HEADER ? BI_RGB : file.u32(30, LITTLE_ENDIAN);
    return compression != BI_RGB && compression != BI_BITFIELDS;
  }

  private static boolean endsBefore(
      PictureFile file, long pixels, long width, long height, int bits) {
    long row = (width * bits + 31) / 32 * 4;
    return pixels + row * height > file.length();
  }
}
