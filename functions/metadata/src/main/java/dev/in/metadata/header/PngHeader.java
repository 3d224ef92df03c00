package dev.in.metadata.header;

import static java.nio.ByteOrder.BIG_ENDIAN;

import dev.in.metadata.header.PictureFile.EndOfFile;
import dev.in.metadata.header.PngChunks.Chunk;
import java.util.Optional;
import java.util.zip.CRC32;

/** PNG: an intact IHDR first, then chunks up to IEND. */
final class PngHeader implements HeaderReader {
  private static final int IHDR_BYTES = 13;

  @Override
  public Header read(PictureFile file) {
    PngChunks chunks = new PngChunks(file);
    Chunk header = chunks.next().orElseThrow();
    if (!header.type().equals("IHDR") || header.length() != IHDR_BYTES) {
      throw new UnreadableHeaderException("the first chunk is no IHDR");
    }
    if (checksum(file, header) != file.u32(header.at() + IHDR_BYTES, BIG_ENDIAN)) {
      throw new UnreadableHeaderException("the checksum of IHDR is wrong");
    }
    long width = file.u32(header.at(), BIG_ENDIAN);
    long height = file.u32(header.at() + 4, BIG_ENDIAN);
    return Header.of(width, height, !ends(file, chunks));
  }

  /** Over the type and the content. */
  private static long checksum(PictureFile file, Chunk chunk) {
    CRC32 checksum = new CRC32();
    checksum.update(file.bytes(chunk.at() - 4, IHDR_BYTES + 4));
    return checksum.getValue();
  }

  private static boolean ends(PictureFile file, PngChunks chunks) {
    try {
      long end = 0;
      for (Optional<Chunk> next = chunks.next(); next.isPresent(); next = chunks.next()) {
        end = next.get().end();
      }
      return end <= file.length();
    } catch (EndOfFile e) {
      return false;
    }
  }
}
