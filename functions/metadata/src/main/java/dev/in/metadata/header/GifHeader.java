package dev.in.metadata.header;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.in.metadata.header.PictureFile.EndOfFile;

/** GIF 87a and 89a: the logical screen, then blocks up to the trailer. */
final class GifHeader implements HeaderReader {
  private static final int TRAILER = 0x3b;
  private static final int EXTENSION = 0x21;
  private static final int IMAGE = 0x2c;

  @Override
  public Header read(PictureFile file) {
    int width = file.u16(6, LITTLE_ENDIAN);
    int height = file.u16(8, LITTLE_ENDIAN);
    long blocks = 13 + colorTableBytes(file.u8(10));
    return new Header(width, height, false, !ends(file, blocks));
  }

  private static boolean ends(PictureFile file, long from) {
    try {
      long at = from;
      while (true) {
        switch (file.u8(at)) {
          case TRAILER -> {
            return true;
          }
          case EXTENSION -> at = afterSubBlocks(file, at + 2);
          case IMAGE -> at = afterSubBlocks(file, at + 11 + colorTableBytes(file.u8(at + 9)));
          default -> {
            return false;
          }
        }
      }
    } catch (EndOfFile e) {
      return false;
    }
  }

  private static long afterSubBlocks(PictureFile file, long from) {
    long at = from;
    int length = file.u8(at);
    while (length != 0) {
      at += length + 1;
      length = file.u8(at);
    }
    return at + 1;
  }

  private static int colorTableBytes(int flags) {
    return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
  }
}
