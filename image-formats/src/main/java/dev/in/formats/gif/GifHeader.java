package dev.in.formats.gif;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.in.formats.bytes.EndOfFileException;
import dev.in.formats.bytes.ImageBytes;
import dev.in.formats.gif.GifStream.Frame;
import dev.in.formats.header.ImageHeader;
import dev.in.formats.header.Orientation;
import dev.in.formats.header.UnreadableHeaderException;

/**
 * GIF: the logical screen, on which the frames are drawn. Where the file leaves its size out, the
 * first frame's counts.
 */
public final class GifHeader {
  private GifHeader() {}

  public static ImageHeader read(ImageBytes file) {
    int width = file.u16(6, LITTLE_ENDIAN);
    int height = file.u16(8, LITTLE_ENDIAN);
    boolean truncated = !ends(file);
    if (width == 0 || height == 0) {
      Frame frame =
          GifStream.firstFrame(file)
              .orElseThrow(
                  () -> new UnreadableHeaderException("neither the screen nor a frame has a size"));
      return ImageHeader.of(frame.width(), frame.height(), Orientation.NORMAL, truncated);
    }
    return ImageHeader.of(width, height, Orientation.NORMAL, truncated);
  }

  private static boolean ends(ImageBytes file) {
    try {
      GifStream blocks = new GifStream(file);
      while (blocks.next().isPresent()) {
        // On to the trailer.
      }
      return blocks.trailerReached();
    } catch (EndOfFileException e) {
      return false;
    }
  }
}
