package dev.in.formats;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.in.formats.bytes.EndOfFileException;
import dev.in.formats.bytes.ImageBytes;
import dev.in.formats.bytes.Slice;
import dev.in.formats.gif.GifStream;
import dev.in.formats.gif.GifStream.Extension;
import dev.in.formats.gif.GifStream.Frame;
import dev.in.formats.png.PngChunks;
import dev.in.formats.png.PngChunks.Chunk;
import dev.in.formats.tiff.TiffHeader;
import dev.in.formats.webp.RiffChunks;
import java.util.OptionalLong;

/**
 * How many images a file has: the frames of an animated GIF, PNG or WebP, the pages of a TIFF. The
 * sequences of HEIC and AVIF files are not counted. Where the file breaks off, those before it
 * count.
 *
 * @param count 1 for a single image
 * @param durationMillis how long all frames are shown once, as the file says: viewers show those
 *     that say next to nothing for longer; empty for pages and single images
 */
public record FrameSequence(int count, OptionalLong durationMillis) {
  private static final FrameSequence SINGLE = new FrameSequence(1, OptionalLong.empty());

  /** Reads the structure alone, in one pass. */
  public static FrameSequence read(ImageBytes file, ImageFormat format) {
    return switch (format) {
      case GIF -> gif(file);
      case PNG -> png(file);
      case WEBP -> webp(file);
      case TIFF -> new FrameSequence(TiffHeader.pages(file), OptionalLong.empty());
      case JPEG, BMP, HEIC, AVIF -> SINGLE;
    };
  }

  private static FrameSequence gif(ImageBytes file) {
    Counter frames = new Counter();
    try {
      GifStream blocks = new GifStream(file);
      for (var next = blocks.next(); next.isPresent(); next = blocks.next()) {
        switch (next.get()) {
          case Frame frame -> frames.count++;
          case Extension extension -> {
            // Behind the length of its sub-block and the flags: hundredths of a second.
            if (extension.label() == 0xf9) {
              frames.millis += 10L * file.u16(extension.subBlocks().at() + 2, LITTLE_ENDIAN);
            }
          }
        }
      }
    } catch (EndOfFileException e) {
      return frames.sequence();
    }
    return frames.sequence();
  }

  /** Each frame has a chunk fcTL with a delay in seconds as a fraction, over 100 where it is 0. */
  private static FrameSequence png(ImageBytes file) {
    Counter frames = new Counter();
    boolean animated = false;
    try {
      PngChunks chunks = new PngChunks(file);
      for (var next = chunks.next(); next.isPresent(); next = chunks.next()) {
        Chunk chunk = next.get();
        animated |= chunk.type().equals("acTL");
        if (chunk.type().equals("fcTL")) {
          int numerator = file.u16(chunk.content().at() + 20, BIG_ENDIAN);
          int denominator = file.u16(chunk.content().at() + 22, BIG_ENDIAN);
          frames.count++;
          frames.millis += 1_000L * numerator / (denominator == 0 ? 100 : denominator);
        }
      }
    } catch (EndOfFileException e) {
      return animated ? frames.sequence() : SINGLE;
    }
    return animated ? frames.sequence() : SINGLE;
  }

  /** Each frame has a chunk ANMF: behind its place and size, three bytes of milliseconds. */
  private static FrameSequence webp(ImageBytes file) {
    Counter frames = new Counter();
    RiffChunks chunks = new RiffChunks(file);
    for (var next = chunks.next(); next.isPresent(); next = chunks.next()) {
      Slice content = next.get().content();
      if (next.get().type().equals("ANMF") && content.isWithin(file) && content.length() >= 16) {
        frames.count++;
        frames.millis += file.u32(content.at() + 12, LITTLE_ENDIAN) & 0xffffff;
      }
    }
    return frames.sequence();
  }

  private static final class Counter {
    private int count;
    private long millis;

    private FrameSequence sequence() {
      return count > 1 ? new FrameSequence(count, OptionalLong.of(millis)) : SINGLE;
    }
  }
}
