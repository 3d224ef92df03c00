package dev.in.analysis.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import javax.imageio.ImageReader;

/**
 * The first frame of a GIF, where it lies on the logical screen: the screen is the picture that a
 * viewer shows, and the frame may cover a part of it only.
 */
final class GifCodec implements Codec {
  private static final int WHITE = 0xFFFFFF;

  private final StandardReaders readers;

  GifCodec(StandardReaders readers) {
    this.readers = readers;
  }

  @Override
  public DecodedImage decode(ByteBuffer data, DecodeLimits limits)
      throws DecodeException, IOException {
    Layout layout = Layout.of(data);
    limits.check(layout.screenWidth(), layout.screenHeight());
    limits.check(layout.width(), layout.height());
    ImageReader reader = readers.gif();
    try {
      ByteBufferImageInputStream input = new ByteBufferImageInputStream(data);
      reader.setInput(input, true, true);
      int step = limits.subsampling(layout.width(), layout.height());
      var read = new PictureReading(reader, input).read(step, true);
      int width = layout.screenWidth();
      int height = layout.screenHeight();
      double scale = WorkingPixels.scale(width, height, limits.workingSide());
      Pixels frame =
          WorkingPixels.of(
              read.image(),
              read.rows(),
              WorkingPixels.scaled(layout.width(), scale),
              WorkingPixels.scaled(layout.height(), scale));
      return new DecodedImage(
          width,
          height,
          Orientation.NORMAL,
          read.brokenOff(),
          layout.place(frame, scale, read.brokenOff()),
          scale);
    } finally {
      reader.dispose();
    }
  }

  /** Screen and first frame, in pixels (GIF89a, sections 18 and 20). */
  private record Layout(
      int screenWidth, int screenHeight, int left, int top, int width, int height) {
    private static final int EXTENSION = 0x21;
    private static final int FRAME = 0x2C;

    static Layout of(ByteBuffer file) throws DecodeException {
      try {
        ByteBuffer data = file.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        int at = 13 + colorTableBytes(data.get(10));
        while (data.get(at) == EXTENSION) {
          at += 2;
          while (data.get(at) != 0) {
            at += 1 + (data.get(at) & 0xFF);
          }
          at++;
        }
        if (data.get(at) != FRAME) {
          throw DecodeException.corrupt("a GIF without a frame");
        }
        return new Layout(
            word(data, 6),
            word(data, 8),
            word(data, at + 1),
            word(data, at + 3),
            word(data, at + 5),
            word(data, at + 7));
      } catch (IndexOutOfBoundsException e) {
        throw DecodeException.corrupt("a GIF that ends before its first frame", e);
      }
    }

    private static int word(ByteBuffer data, int at) {
      return data.getShort(at) & 0xFFFF;
    }

    private static int colorTableBytes(byte flags) {
      return (flags & 0x80) == 0 ? 0 : 3 << (flags & 7) + 1;
    }

    /** Lays the frame on a white screen, which ends where a frame broken off ends. */
    Pixels place(Pixels frame, double scale, boolean brokenOff) {
      int columns = WorkingPixels.scaled(screenWidth, scale);
      int startX = (int) (left * scale);
      int startY = (int) (top * scale);
      int rows = WorkingPixels.scaled(screenHeight, scale);
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
