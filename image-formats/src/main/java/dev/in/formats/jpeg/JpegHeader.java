package dev.in.formats.jpeg;

import static java.nio.ByteOrder.BIG_ENDIAN;

import dev.in.formats.bytes.EndOfFileException;
import dev.in.formats.bytes.ImageBytes;
import dev.in.formats.bytes.Slice;
import dev.in.formats.header.ImageHeader;
import dev.in.formats.header.JpegFrame;
import dev.in.formats.header.UnreadableHeaderException;
import dev.in.formats.jpeg.JpegSegments.Segment;
import dev.in.formats.tiff.ExifOrientation;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * JPEG: the first frame header, then on through the scans to the end-of-image marker. Cameras put
 * further data behind that marker, so the file's last bytes say nothing.
 */
public final class JpegHeader {
  private static final int DNL = 0xdc;

  private final ImageBytes file;
  private Optional<Segment> frame = Optional.empty();
  private Optional<Slice> exif = Optional.empty();
  private Optional<Integer> lines = Optional.empty();
  private int scans;
  private boolean ended;

  private JpegHeader(ImageBytes file) {
    this.file = file;
  }

  public static ImageHeader read(ImageBytes file) {
    JpegHeader header = new JpegHeader(file);
    try {
      header.walk();
    } catch (EndOfFileException e) {
      if (header.frame.isEmpty()) {
        throw e;
      }
    }
    return header.result();
  }

  private void walk() {
    JpegSegments segments = new JpegSegments(file);
    for (Optional<Segment> next = segments.next(); next.isPresent(); next = segments.next()) {
      Segment segment = next.get();
      take(segment);
      if (segment.marker() == JpegSegments.SOS) {
        segments = new JpegSegments(file, afterEntropy(segment.end()));
      }
    }
    ended = true;
  }

  private void take(Segment segment) {
    int marker = segment.marker();
    if (isFrame(marker) && frame.isEmpty()) {
      requirePlausible(segment);
      frame = Optional.of(segment);
    } else if (marker == JpegSegments.SOS) {
      requireFrame();
      scans++;
    } else if (marker == DNL && lines.isEmpty()) {
      lines = Optional.of(file.u16(segment.at(), BIG_ENDIAN));
    } else if (scans == 0) {
      exif = exif.or(() -> segment.exif(file));
    }
  }

  /** What looks like a frame header may be noise: then its fields do not go together. */
  private void requirePlausible(Segment segment) {
    int precision = file.u8(segment.at());
    int components = file.u8(segment.at() + 5);
    if (precision < 2 || precision > 16 || components < 1 || components > 4) {
      throw new UnreadableHeaderException("the frame header makes no sense");
    }
    if (segment.length() != 6 + 3 * components) {
      throw new UnreadableHeaderException("the frame header has a wrong length");
    }
  }

  private Segment requireFrame() {
    return frame.orElseThrow(
        () -> new UnreadableHeaderException("there is no frame header before the scan"));
  }

  /** Within a scan 0xff is followed by 0 or a restart marker; anything else ends it. */
  private long afterEntropy(long from) {
    long at = file.indexOf(0xff, from);
    while (true) {
      int next = file.u8(at + 1);
      if (next == 0 || next >= 0xd0 && next <= 0xd7) {
        at = file.indexOf(0xff, at + 2);
      } else if (next == 0xff) {
        at++;
      } else {
        return at;
      }
    }
  }

  private ImageHeader result() {
    Segment found = requireFrame();
    long heightAt = found.at() + 1;
    int height = file.u16(heightAt, BIG_ENDIAN);
    int width = file.u16(heightAt + 2, BIG_ENDIAN);
    boolean missing = height == 0;
    if (missing) {
      // T.81, B.2.5: the first scan counts the lines, and a segment behind it states them.
      height =
          lines.orElseThrow(() -> new UnreadableHeaderException("the size is " + width + " x 0"));
    }
    JpegFrame jpeg =
        new JpegFrame(
            file.u8(found.at() + 5),
            isProgressive(found.marker()),
            scans,
            missing ? OptionalLong.of(heightAt) : OptionalLong.empty());
    return new ImageHeader(
        width, height, ExifOrientation.of(file, exif), isTruncated(), 0, Optional.of(jpeg));
  }

  private boolean isTruncated() {
    return !ended || scans == 0;
  }

  private static boolean isFrame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }

  private static boolean isProgressive(int marker) {
    return (marker & 3) == 2;
  }
}
