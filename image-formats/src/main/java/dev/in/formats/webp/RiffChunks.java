package dev.in.formats.webp;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.in.formats.bytes.ImageBytes;
import dev.in.formats.bytes.Slice;
import java.util.Optional;

/** The chunks of a WebP file (RFC 9649), one after another up to the file's end. */
public final class RiffChunks {
  private final ImageBytes file;
  private long at = 12;

  public RiffChunks(ImageBytes file) {
    this.file = file;
  }

  /**
   * @param content may reach beyond the file
   */
  public record Chunk(String type, Slice content) {}

  /** The content of the first chunk of a type. */
  public static Optional<Slice> first(ImageBytes file, String type) {
    RiffChunks chunks = new RiffChunks(file);
    for (var next = chunks.next(); next.isPresent(); next = chunks.next()) {
      if (next.get().type().equals(type)) {
        return next.map(Chunk::content);
      }
    }
    return Optional.empty();
  }

  public Optional<Chunk> next() {
    if (at + 8 > file.length()) {
      return Optional.empty();
    }
    Slice content = new Slice(at + 8, file.u32(at + 4, LITTLE_ENDIAN));
    Chunk chunk = new Chunk(file.text(at, 4), content);
    // A chunk of odd length is followed by a byte of padding.
    at = content.at() + content.length() + (content.length() & 1);
    return Optional.of(chunk);
  }
}
