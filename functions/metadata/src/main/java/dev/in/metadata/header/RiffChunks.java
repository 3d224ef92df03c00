package dev.in.metadata.header;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.util.Optional;

/** The chunks of a WebP file (RFC 9649), one after another up to the file's end. */
public final class RiffChunks {
  private final PictureFile file;
  private long at = 12;

  public RiffChunks(PictureFile file) {
    this.file = file;
  }

  /**
   * @param at where its content begins
   * @param length of the content in bytes; it may reach beyond the file
   */
  public record Chunk(String type, long at, long length) {}

  public Optional<Chunk> next() {
    if (at + 8 > file.length()) {
      return Optional.empty();
    }
    Chunk chunk = new Chunk(file.text(at, 4), at + 8, file.u32(at + 4, LITTLE_ENDIAN));
    // A chunk of odd length is followed by a byte of padding.
    at = chunk.at() + chunk.length() + (chunk.length() & 1);
    return Optional.of(chunk);
  }
}
