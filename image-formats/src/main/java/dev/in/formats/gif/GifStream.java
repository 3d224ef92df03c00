package dev.in.formats.gif;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.in.formats.bytes.EndOfFileException;
import dev.in.formats.bytes.ImageBytes;
import dev.in.formats.bytes.Slice;
import java.util.Optional;

/** The blocks of a GIF file (87a and 89a), one after another up to the trailer. */
public final class GifStream {
  private static final int TRAILER = 0x3b;
  private static final int EXTENSION = 0x21;
  private static final int FRAME = 0x2c;

  private final ImageBytes file;
  private long at;
  private boolean trailerReached;

  /**
   * @throws EndOfFileException if the file ends within its header; likewise {@link #next()}
   */
  public GifStream(ImageBytes file) {
    this.file = file;
    this.at = 13 + colorTableBytes(file.u8(10));
  }

  /** Part of a file. */
  public sealed interface Block {}

  /**
   * Anything but a frame.
   *
   * @param label says what it is
   * @param subBlocks with their lengths, and the zero behind the last
   */
  public record Extension(int label, Slice subBlocks) implements Block {}

  /** One image, by its place on the logical screen in pixels. */
  public record Frame(int left, int top, int width, int height) implements Block {}

  /** Where the first frame lies; empty if there is none, or the file ends before it. */
  public static Optional<Frame> firstFrame(ImageBytes file) {
    try {
      GifStream blocks = new GifStream(file);
      while (true) {
        blocks.skipPadding();
        if (file.u8(blocks.at) == FRAME) {
          return Optional.of(blocks.frame());
        }
        if (blocks.next().isEmpty()) {
          return Optional.empty();
        }
      }
    } catch (EndOfFileException e) {
      return Optional.empty();
    }
  }

  /** Empty at the trailer, and at anything that is not a block. */
  public Optional<Block> next() {
    skipPadding();
    switch (file.u8(at)) {
      case EXTENSION -> {
        int label = file.u8(at + 1);
        return Optional.of(new Extension(label, subBlocks(at + 2)));
      }
      case FRAME -> {
        Frame frame = frame();
        subBlocks(at + 11 + colorTableBytes(file.u8(at + 9)));
        return Optional.of(frame);
      }
      case TRAILER -> trailerReached = true;
      default -> {}
    }
    return Optional.empty();
  }

  boolean trailerReached() {
    return trailerReached;
  }

  /** Some writers end a block twice; decoders do not mind. */
  private void skipPadding() {
    while (file.u8(at) == 0) {
      at++;
    }
  }

  private Frame frame() {
    return new Frame(
        file.u16(at + 1, LITTLE_ENDIAN),
        file.u16(at + 3, LITTLE_ENDIAN),
        file.u16(at + 5, LITTLE_ENDIAN),
        file.u16(at + 7, LITTLE_ENDIAN));
  }

  private Slice subBlocks(long from) {
    at = from;
    int length = file.u8(at);
    while (length != 0) {
      at += length + 1;
      length = file.u8(at);
    }
    at++;
    return new Slice(from, at - from);
  }

  private static int colorTableBytes(int flags) {
    return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
  }
}
