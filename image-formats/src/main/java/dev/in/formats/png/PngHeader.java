package dev.in.formats.png;

import static java.nio.ByteOrder.BIG_ENDIAN;

import dev.in.formats.bytes.EndOfFileException;
import dev.in.formats.bytes.ImageBytes;
import dev.in.formats.bytes.Slice;
import dev.in.formats.header.ImageHeader;
import dev.in.formats.header.UnreadableHeaderException;
import dev.in.formats.png.PngChunks.Chunk;
import dev.in.formats.tiff.ExifOrientation;
import java.util.Optional;

/**
 * PNG: IHDR first, then chunks up to IEND. Checksums are not verified: what is wrong with one can
 * still be read.
 */
public final class PngHeader {
  private static final int IHDR_BYTES = 13;

  private final ImageBytes file;
  private Optional<Slice> exif = Optional.empty();
  private boolean whole;

  private PngHeader(ImageBytes file) {
    this.file = file;
  }

  public static ImageHeader read(ImageBytes file) {
    PngChunks chunks = new PngChunks(file);
    Chunk header = chunks.next().orElseThrow();
    if (!header.type().equals("IHDR") || header.content().length() != IHDR_BYTES) {
      throw new UnreadableHeaderException("the first chunk is not an IHDR");
    }
    long width = file.u32(header.content().at(), BIG_ENDIAN);
    long height = file.u32(header.content().at() + 4, BIG_ENDIAN);
    PngHeader rest = new PngHeader(file);
    rest.walk(chunks);
    return ImageHeader.of(width, height, ExifOrientation.of(file, rest.exif), !rest.whole);
  }

  private void walk(PngChunks chunks) {
    try {
      long end = 0;
      for (Optional<Chunk> next = chunks.next(); next.isPresent(); next = chunks.next()) {
        Chunk chunk = next.get();
        if (chunk.type().equals("eXIf")) {
          exif = exif.or(() -> Optional.of(chunk.content()));
        }
        end = chunk.end();
      }
      whole = end <= file.length();
    } catch (EndOfFileException e) {
      whole = false;
    }
  }
}
