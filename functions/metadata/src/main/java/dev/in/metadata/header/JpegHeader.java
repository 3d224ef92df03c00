package dev.in.metadata.header;

import static java.nio.ByteOrder.BIG_ENDIAN;

import dev.in.metadata.header.PictureFile.EndOfFile;

/**
 * JPEG (ITU-T T.81): segments up to the first frame header, then on to the end-of-image marker.
 * Cameras put further data behind that marker, so the file's last bytes say nothing.
 */
final class JpegHeader implements HeaderReader {
  private static final int SOI = 0xd8;
  private static final int EOI = 0xd9;
  private static final int SOS = 0xda;

  @Override
  public Header read(PictureFile file) {
    long at = 2;
    while (true) {
      int marker = marker(file, at);
      at = afterFill(file, at);
      if (isFrame(marker)) {
        int height = file.u16(at + 3, BIG_ENDIAN);
        int width = file.u16(at + 5, BIG_ENDIAN);
        return new Header(width, height, isProgressive(marker), !endsFrom(file, at));
      }
      if (marker == EOI || marker == SOS) {
        throw new UnreadableHeaderException("there is no frame header before the scan");
      }
      at += standsAlone(marker) ? 0 : file.u16(at, BIG_ENDIAN);
    }
  }

  /** Whether the picture ends, seen from the segment whose length stands there. */
  private static boolean endsFrom(PictureFile file, long segment) {
    try {
      long at = segment + file.u16(segment, BIG_ENDIAN);
      while (true) {
        int marker = marker(file, at);
        at = afterFill(file, at);
        if (marker == EOI) {
          return true;
        }
        if (!standsAlone(marker)) {
          at += file.u16(at, BIG_ENDIAN);
        }
        if (marker == SOS) {
          at = afterEntropy(file, at);
        }
      }
    } catch (EndOfFile | UnreadableHeaderException e) {
      return false;
    }
  }

  /** Within a scan 0xff is followed by 0 or a restart marker; anything else ends it. */
  private static long afterEntropy(PictureFile file, long from) {
    long at = from;
    while (true) {
      if (file.u8(at) != 0xff) {
        at++;
        continue;
      }
      int next = file.u8(at + 1);
      if (next == 0 || next >= 0xd0 && next <= 0xd7) {
        at += 2;
      } else if (next == 0xff) {
        at++;
      } else {
        return at;
      }
    }
  }

  /** The marker there; any number of 0xff may stand before it. */
  private static int marker(PictureFile file, long at) {
    if (file.u8(at) != 0xff) {
      throw new UnreadableHeaderException("there is no marker where one must be");
    }
    return file.u8(afterFill(file, at) - 1);
  }

  private static long afterFill(PictureFile file, long from) {
    long at = from;
    while (file.u8(at) == 0xff) {
      at++;
    }
    return at + 1;
  }

  private static boolean isFrame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }

  private static boolean isProgressive(int marker) {
    return (marker & 3) == 2;
  }

  private static boolean standsAlone(int marker) {
    return marker == SOI || marker == 0x01 || marker >= 0xd0 && marker <= 0xd7;
  }
}
