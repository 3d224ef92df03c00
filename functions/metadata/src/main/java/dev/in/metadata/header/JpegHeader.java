package dev.in.metadata.header;

import static java.nio.ByteOrder.BIG_ENDIAN;

import dev.in.metadata.header.JpegSegments.Segment;
import dev.in.metadata.header.PictureFile.EndOfFile;
import java.util.Optional;

/**
 * JPEG: the first frame header, then on through the scans to the end-of-image marker. Cameras put
 * further data behind that marker, so the file's last bytes say nothing.
 */
final class JpegHeader implements HeaderReader {
  @Override
  public Header read(PictureFile file) {
    JpegSegments segments = new JpegSegments(file);
    Segment segment = segments.next().orElseThrow(JpegHeader::noFrame);
    while (!isFrame(segment.marker())) {
      segment = segments.next().orElseThrow(JpegHeader::noFrame);
    }
    requireSense(file, segment);
    int height = file.u16(segment.at() + 1, BIG_ENDIAN);
    int width = file.u16(segment.at() + 3, BIG_ENDIAN);
    return new Header(width, height, isProgressive(segment.marker()), !ends(file, segments));
  }

  /** What looks like a frame header may be noise: then its fields do not go together. */
  private static void requireSense(PictureFile file, Segment frame) {
    int precision = file.u8(frame.at());
    int components = file.u8(frame.at() + 5);
    if (precision < 2 || precision > 16 || components < 1 || components > 4) {
      throw new UnreadableHeaderException("the frame header makes no sense");
    }
    if (frame.length() != 6 + 3 * components) {
      throw new UnreadableHeaderException("the frame header has a wrong length");
    }
  }

  /** Whether there is a scan, and the image's end behind the last. */
  private static boolean ends(PictureFile file, JpegSegments untilScan) {
    try {
      JpegSegments segments = untilScan;
      boolean scanned = false;
      for (Optional<Segment> next = segments.next(); next.isPresent(); next = segments.next()) {
        if (next.get().marker() == JpegSegments.SOS) {
          segments = new JpegSegments(file, afterEntropy(file, next.get().end()));
          scanned = true;
        }
      }
      return scanned;
    } catch (EndOfFile e) {
      return false;
    }
  }

  /** Within a scan 0xff is followed by 0 or a restart marker; anything else ends it. */
  private static long afterEntropy(PictureFile file, long from) {
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

  private static UnreadableHeaderException noFrame() {
    return new UnreadableHeaderException("there is no frame header before the scan");
  }

  private static boolean isFrame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }

  private static boolean isProgressive(int marker) {
    return (marker & 3) == 2;
  }
}
