package dev.in.formats.png;

import static java.nio.ByteOrder.BIG_ENDIAN;

import dev.in.formats.bytes.ImageBytes;
import dev.in.formats.bytes.Slice;
import java.util.Optional;

/** The chunks of a PNG file (W3C, third edition), one after another up to IEND. */
public final class PngChunks {
  private static final int CHECKSUM_BYTES = 4;

  private final ImageBytes file;
  private long at = 8;
  private boolean ended;

  public PngChunks(ImageBytes file) {
    this.file = file;
  }

  /**
   * @param content may reach beyond the file
   */
  public record Chunk(String type, Slice content) {
    /** After the checksum. */
    long end() {
      return content.at() + content.length() + CHECKSUM_BYTES;
    }
  }

  /** Empty after IEND. */
  public Optional<Chunk> next() {
    if (ended) {
      return Optional.empty();
    }
    Slice content = new Slice(at + 8, file.u32(at, BIG_ENDIAN));
    Chunk chunk = new Chunk(file.text(at + 4, 4), content);
    at = chunk.end();
    ended = chunk.type().equals("IEND");
    return Optional.of(chunk);
  }
}
