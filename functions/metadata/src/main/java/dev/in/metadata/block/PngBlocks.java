package dev.in.metadata.block;

import dev.in.formats.bytes.EndOfFileException;
import dev.in.formats.bytes.ImageBytes;
import dev.in.formats.bytes.Slice;
import dev.in.formats.png.PngChunks;
import dev.in.formats.png.PngChunks.Chunk;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The chunks eXIf, iCCP and iTXt of a PNG file. */
final class PngBlocks {
  private static final String XMP = "XML:com.adobe.xmp";

  private final ImageBytes file;
  private Optional<Slice> exif = Optional.empty();
  private Optional<byte[]> xmp = Optional.empty();
  private Optional<byte[]> icc = Optional.empty();

  PngBlocks(ImageBytes file) {
    this.file = file;
  }

  Blocks find() {
    try {
      PngChunks chunks = new PngChunks(file);
      for (var next = chunks.next(); next.isPresent(); next = chunks.next()) {
        take(next.get());
      }
    } catch (EndOfFileException e) {
      // What was found before the cut counts.
    }
    return new Blocks(exif, Optional.empty(), xmp, icc);
  }

  private void take(Chunk chunk) {
    Slice content = chunk.content();
    switch (chunk.type()) {
      case "eXIf" -> exif = exif.or(() -> Optional.of(content).filter(it -> it.isWithin(file)));
      case "iCCP" -> icc = icc.or(() -> BlockFinder.bytes(file, content).flatMap(this::profile));
      case "iTXt" -> xmp = xmp.or(() -> BlockFinder.bytes(file, content).flatMap(this::packet));
      default -> {}
    }
  }

  /** A name, a zero, the method (0 is zlib), and the packed profile. */
  private Optional<byte[]> profile(byte[] content) {
    int name = indexOfZero(content, 0);
    if (name < 0 || name + 2 > content.length || content[name + 1] != 0) {
      return Optional.empty();
    }
    return Inflated.upTo(Blocks.MAX_BYTES, content, name + 2);
  }

  /**
   * A keyword, a zero, whether it is packed, the method, the language and the keyword in it, both
   * with a zero, and the text.
   */
  private Optional<byte[]> packet(byte[] content) {
    int keyword = indexOfZero(content, 0);
    if (keyword < 0
        || !new String(content, 0, keyword, StandardCharsets.ISO_8859_1).equals(XMP)
        || keyword + 3 > content.length) {
      return Optional.empty();
    }
    boolean packed = content[keyword + 1] == 1;
    int language = indexOfZero(content, keyword + 3);
    int translated = language < 0 ? -1 : indexOfZero(content, language + 1);
    if (translated < 0) {
      return Optional.empty();
    }
    return packed
        ? Inflated.upTo(Blocks.MAX_BYTES, content, translated + 1)
        : Optional.of(Arrays.copyOfRange(content, translated + 1, content.length));
  }

  private static int indexOfZero(byte[] bytes, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        return i;
      }
    }
    return -1;
  }
}
