package dev.in.analysis.image;

import dev.in.formats.bytes.ImageBytes;
import dev.in.formats.gif.GifStream;
import dev.in.formats.gif.GifStream.Frame;
import dev.in.formats.header.ImageHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.imageio.ImageReader;

/**
 * The first frame of a GIF, where it lies on the logical screen: the screen is the image that a
 * viewer shows, and the frame may cover a part of it only.
 */
final class GifCodec implements Codec {
  private static final int WHITE = 0xFFFFFF;

  private final StandardReaders readers;

  GifCodec(StandardReaders readers) {
    this.readers = readers;
  }

  @Override
  public DecodedImage decode(ByteBuffer data, ImageHeader header, DecodeLimits limits)
      throws DecodeException, IOException {
    Frame place =
        GifStream.firstFrame(ImageBytes.of(data))
            .orElseThrow(() -> DecodeException.corrupt("a GIF without a frame"));
    limits.check(
        ImageHeader.of(place.width(), place.height(), header.orientation(), header.truncated()));
    ImageReader reader = readers.gif();
    try {
      ByteBufferImageInputStream input = new ByteBufferImageInputStream(data);
      reader.setInput(input, true, true);
      int step = limits.subsampling(place.width(), place.height());
      var read = new ImageReading(reader, input).read(0, step, true);
      double scale = WorkingPixels.scale(header.width(), header.height(), limits.workingSide());
      Pixels frame =
          WorkingPixels.of(
              read.image(),
              read.rows(),
              WorkingPixels.scaled(place.width(), scale),
              WorkingPixels.scaled(place.height(), scale));
      Screen screen = new Screen(header, scale);
      return DecodedImage.of(
          header,
          header.truncated() || read.brokenOff(),
          screen.with(frame, place, read.brokenOff()),
          scale);
    } finally {
      reader.dispose();
    }
  }

  /** The logical screen in working pixels (GIF89a, sections 18 and 20). */
  private record Screen(ImageHeader header, double scale) {

    /** Lays the frame on a white screen, which ends where a frame broken off ends. */
    Pixels with(Pixels frame, Frame place, boolean brokenOff) {
      int columns = WorkingPixels.scaled(header.width(), scale);
      int startX = (int) (place.left() * scale);
      int startY = (int) (place.top() * scale);
      int rows = WorkingPixels.scaled(header.height(), scale);
      if (brokenOff) {
        rows = Math.min(rows, startY + frame.height());
      }
      if (startX == 0 && startY == 0 && frame.width() == columns && frame.height() == rows) {
        return frame;
      }
      int[] screen = new int[columns * rows];
      Arrays.fill(screen, WHITE);
      int copied = Math.min(frame.width(), columns - startX);
      for (int y = 0; copied > 0 && y < frame.height() && startY + y < rows; y++) {
        System.arraycopy(
            frame.rgb(), y * frame.width(), screen, (startY + y) * columns + startX, copied);
      }
      return new Pixels(columns, rows, screen);
    }
  }
}
