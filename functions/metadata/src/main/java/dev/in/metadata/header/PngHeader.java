package dev.in.metadata.header;

import static java.nio.ByteOrder.BIG_ENDIAN;

import dev.in.metadata.header.PictureFile.EndOfFile;

/** PNG (W3C, third edition): chunks from IHDR to IEND. */
final class PngHeader implements HeaderReader {
  @Override
  public Header read(PictureFile file) {
    if (!file.text(12, 4).equals("IHDR")) {
      throw new UnreadableHeaderException("the first chunk is no IHDR");
    }
    return Header.of(file.u32(16, BIG_ENDIAN), file.u32(20, BIG_ENDIAN), !ends(file));
  }

  private static boolean ends(PictureFile file) {
    try {
      long at = 8;
      while (true) {
        long length = file.u32(at, BIG_ENDIAN);
        long next = at + 12 + length;
        if (file.text(at + 4, 4).equals("IEND")) {
          return next <= file.length();
        }
        at = next;
      }
    } catch (EndOfFile e) {
      return false;
    }
  }
}
