package dev.in.metadata.block;

import dev.in.formats.bytes.ImageBytes;
import dev.in.formats.bytes.Slice;
import dev.in.formats.tiff.ExifOrientation;
import dev.in.formats.webp.RiffChunks;
import java.util.Optional;

/** The chunks EXIF, XMP and ICCP of a WebP file. */
final class WebpBlocks implements BlockFinder {
  @Override
  public Blocks find(ImageBytes file) {
    Optional<Slice> exif = Optional.empty();
    Optional<byte[]> xmp = Optional.empty();
    Optional<byte[]> icc = Optional.empty();
    RiffChunks chunks = new RiffChunks(file);
    for (var next = chunks.next(); next.isPresent(); next = chunks.next()) {
      Slice content = next.get().content();
      switch (next.get().type()) {
        case "EXIF" -> exif = exif.or(() -> exif(file, content));
        case "XMP " -> xmp = xmp.or(() -> BlockFinder.bytes(file, content));
        case "ICCP" -> icc = icc.or(() -> BlockFinder.beginning(file, content));
        default -> {}
      }
    }
    return new Blocks(exif, Optional.empty(), xmp, icc);
  }

  private static Optional<Slice> exif(ImageBytes file, Slice content) {
    return Optional.of(content)
        .filter(block -> block.isWithin(file))
        .map(block -> ExifOrientation.withoutPrefix(file, block));
  }
}
