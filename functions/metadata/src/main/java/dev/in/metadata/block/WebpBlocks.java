package dev.in.metadata.block;

import dev.in.metadata.header.PictureFile;
import dev.in.metadata.header.RiffChunks;
import dev.in.metadata.header.Slice;
import java.util.Optional;

/** The chunks EXIF, XMP and ICCP of a WebP file. */
final class WebpBlocks implements BlockFinder {
  /** JPEG's, which some writers copy along. */
  private static final String PREAMBLE = "Exif\0\0";

  @Override
  public Blocks find(PictureFile file) {
    Optional<Slice> exif = Optional.empty();
    Optional<byte[]> xmp = Optional.empty();
    Optional<byte[]> icc = Optional.empty();
    RiffChunks chunks = new RiffChunks(file);
    for (var next = chunks.next(); next.isPresent(); next = chunks.next()) {
      Slice content = new Slice(next.get().at(), next.get().length());
      switch (next.get().type()) {
        case "EXIF" -> exif = exif.or(() -> tiff(file, content));
        case "XMP " -> xmp = xmp.or(() -> BlockFinder.bytes(file, content));
        case "ICCP" -> icc = icc.or(() -> BlockFinder.beginning(file, content));
        default -> {}
      }
    }
    return new Blocks(exif, Optional.empty(), xmp, icc, Optional.empty());
  }

  private static Optional<Slice> tiff(PictureFile file, Slice content) {
    if (!content.isWithin(file) || content.length() <= PREAMBLE.length()) {
      return Optional.empty();
    }
    boolean preamble = file.text(content.at(), PREAMBLE.length()).equals(PREAMBLE);
    return Optional.of(preamble ? content.from(PREAMBLE.length()) : content);
  }
}
