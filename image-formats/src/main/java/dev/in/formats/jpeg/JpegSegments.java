package dev.in.formats.jpeg;

import static java.nio.ByteOrder.BIG_ENDIAN;

import dev.in.formats.bytes.EndOfFileException;
import dev.in.formats.bytes.ImageBytes;
import dev.in.formats.bytes.Slice;
import java.util.Optional;

/**
 * The segments of a JPEG file (ITU-T T.81, annex B), one after another up to the first scan's
 * header, which is the last. Bytes between segments that belong to none are skipped, as decoders
 * do.
 */
public final class JpegSegments {
  static final int SOI = 0xd8;
  static final int EOI = 0xd9;
  static final int SOS = 0xda;

  private static final int APP1 = 0xe1;
  private static final String EXIF = "Exif\0";

  private final ImageBytes file;
  private long at;
  private boolean ended;

  public JpegSegments(ImageBytes file) {
    this(file, 0);
  }

  JpegSegments(ImageBytes file, long from) {
    this.file = file;
    this.at = from;
  }

  /**
   * @param marker its second byte
   * @param at where its content begins, after the length
   * @param length of the content in bytes; it may reach beyond the file
   */
  public record Segment(int marker, long at, int length) {
    /** Whether the content begins with these characters. */
    public boolean startsWith(ImageBytes file, String magic) {
      return length >= magic.length() && at + length <= file.length() && file.hasText(at, magic);
    }

    /** What is left of the content after so many bytes. */
    public Slice contentFrom(int offset) {
      return new Slice(at + offset, Math.max(0, length - offset));
    }

    /** The TIFF structure, if it is an EXIF segment. */
    public Optional<Slice> exif(ImageBytes file) {
      // A byte of padding follows.
      return marker == APP1 && startsWith(file, EXIF)
          ? Optional.of(contentFrom(EXIF.length() + 1))
          : Optional.empty();
    }

    long end() {
      return at + length;
    }
  }

  /**
   * Empty after a scan's header and after the end of the image.
   *
   * @throws EndOfFileException if neither comes
   */
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
