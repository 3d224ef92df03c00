package dev.in.metadata.header;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.util.Optional;

/**
 * The segments of a JPEG file (ITU-T T.81, annex B), one after another up to the first scan's
 * header, which is the last. Bytes between segments that belong to none are passed over, as
 * decoders do.
 */
public final class JpegSegments {
  static final int SOI = 0xd8;
  static final int EOI = 0xd9;
  static final int SOS = 0xda;

  private final PictureFile file;
  private long at;
  private boolean ended;

  public JpegSegments(PictureFile file) {
    this(file, 0);
  }

  JpegSegments(PictureFile file, long from) {
    this.file = file;
    this.at = from;
  }

  /**
   * @param marker its second byte
   * @param at where its content begins, behind the length
   * @param length of the content in bytes; it may reach beyond the file
   */
  public record Segment(int marker, long at, int length) {
    /** Whether the content begins with these characters. */
    public boolean startsWith(PictureFile file, String magic) {
      return length >= magic.length()
          && at + length <= file.length()
          && file.text(at, magic.length()).equals(magic);
    }

    long end() {
      return at + length;
    }
  }

  /** Empty behind a scan's header and behind the end of the image. */
  public Optional<Segment> next() {
    while (!ended) {
      int marker = marker();
      if (marker == EOI) {
        ended = true;
      } else if (!standsAlone(marker)) {
        int length = Math.max(2, file.u16(at, BIG_ENDIAN));
        Segment segment = new Segment(marker, at + 2, length - 2);
        at += length;
        ended = marker == SOS;
        return Optional.of(segment);
      }
    }
    return Optional.empty();
  }

  /** Moves behind the next marker; any number of 0xff may stand before it. */
  private int marker() {
    int marker = 0;
    while (marker == 0) {
      at = file.indexOf(0xff, at);
      while (file.u8(at) == 0xff) {
        at++;
      }
      marker = file.u8(at++);
    }
    return marker;
  }

  private static boolean standsAlone(int marker) {
    return marker == SOI || marker == 0x01 || marker >= 0xd0 && marker <= 0xd7;
  }
}
