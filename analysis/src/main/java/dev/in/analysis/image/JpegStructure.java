package dev.in.analysis.image;

import java.nio.ByteBuffer;

/**
 * What the markers of a JPEG say (ITU-T T.81, annex B), read without decoding a pixel.
 *
 * @param width in pixels
 * @param height in pixels
 * @param components 1 grey, 3 colour, 4 CMYK or YCCK
 * @param progressive whether its coefficients come in several scans
 * @param scans how many scans there are
 * @param complete whether the end marker is there: a cut file has none
 * @param orientation of its EXIF segment
 */
record JpegStructure(
    int width,
    int height,
    int components,
    boolean progressive,
    int scans,
    boolean complete,
    Orientation orientation) {

  /**
   * Reads the markers up to the end of the first picture.
   *
   * @throws DecodeException CORRUPT where no frame header can be found
   */
  static JpegStructure of(ByteBuffer data) throws DecodeException {
    return new Walk(data).walk();
  }

  private static final class Walk {
    private static final int EOI = 0xD9;
    private static final int SOS = 0xDA;
    private static final int APP1 = 0xE1;

    private final ByteBuffer data;
    private int at = 2;
    private int width;
    private int height;
    private int components;
    private boolean progressive;
    private int scans;
    private boolean complete;
    private Orientation orientation = Orientation.NORMAL;

    Walk(ByteBuffer data) {
      this.data = data.duplicate();
    }

    JpegStructure walk() throws DecodeException {
      while (nextMarker()) {
        int marker = data.get(at++) & 0xFF;
        if (marker == EOI) {
          complete = true;
          break;
        }
        if (hasSegment(marker) && !segment(marker)) {
          break;
        }
      }
      if (components == 0) {
        throw DecodeException.corrupt("a JPEG without a frame header");
      }
      return new JpegStructure(
          width, height, components, progressive, scans, complete, orientation);
    }

    /** Moves behind the next 0xFF that is followed by a marker; scan data holds none. */
    private boolean nextMarker() {
      int limit = data.limit();
      while (at + 1 < limit) {
        if (data.get(at++) != (byte) 0xFF) {
          continue;
        }
        int next = data.get(at) & 0xFF;
        if (next != 0 && next != 0xFF) {
          return true;
        }
      }
      return false;
    }

    private static boolean hasSegment(int marker) {
      boolean standsAlone = marker == 0x01 || marker >= 0xD0 && marker <= 0xD8;
      return !standsAlone;
    }

    private boolean segment(int marker) {
      if (at + 2 > data.limit()) {
        return false;
      }
      int length = data.getShort(at) & 0xFFFF;
      if (length < 2 || at + length > data.limit()) {
        return false;
      }
      if (isFrame(marker) && components == 0 && length >= 8) {
        height = data.getShort(at + 3) & 0xFFFF;
        width = data.getShort(at + 5) & 0xFFFF;
        components = data.get(at + 7) & 0xFF;
        // SOF2, 6, 10 and 14: the progressive ones.
        progressive = (marker & 3) == 2;
      } else if (marker == SOS) {
        scans++;
      } else if (marker == APP1 && isExif(length)) {
        orientation = OrientationTag.ofExifBlock(data.slice(at + 2, length - 2));
      }
      at += length;
      return true;
    }

    private boolean isExif(int length) {
      return length > 8 && data.getInt(at + 2) == 0x45786966;
    }

    private static boolean isFrame(int marker) {
      return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }
  }
}
