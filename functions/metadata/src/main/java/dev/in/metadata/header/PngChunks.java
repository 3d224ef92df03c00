package dev.in.metadata.header;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.util.Optional;

/** The chunks of a PNG file (W3C, third edition), one after another up to IEND. */
public final class PngChunks {
  private final PictureFile file;
  private long at = 8;
  private boolean ended;

  public PngChunks(PictureFile file) {
    this.file = file;
  }

  /**
   * @param at where its content begins
   * @param length of the content in bytes; it may reach beyond the file
   */
  public record Chunk(String type, long at, long length) {
    /** Behind the checksum. */
    long end() {
      return at + length + 4;
    }
  }

  /** Empty behind IEND. */
  public Optional<Chunk> next() {
    if (ended) {
      return Optional.empty();
    }
    Chunk chunk = new Chunk(file.text(at + 4, 4), at + 8, file.u32(at, BIG_ENDIAN));
    at = chunk.end();
    ended = chunk.type().equals("IEND");
    return Optional.of(chunk);
  }
}
