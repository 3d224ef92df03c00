package dev.in.metadata.block;

import dev.in.formats.bytes.EndOfFileException;
import dev.in.formats.bytes.ImageBytes;
import dev.in.formats.bytes.Slice;
import dev.in.formats.gif.GifStream;
import dev.in.formats.gif.GifStream.Extension;
import java.util.Optional;

/** XMP in a GIF file: the packet as it is, then 258 bytes that lead readers of sub-blocks out. */
final class GifBlocks implements BlockFinder {
  private static final int APPLICATION = 0xff;
  private static final String XMP = "\u000bXMP DataXMP";
  private static final int MAGIC_TRAILER = 258;

  @Override
  public Blocks find(ImageBytes file) {
    return new Blocks(Optional.empty(), Optional.empty(), xmp(file), Optional.empty());
  }

  private static Optional<byte[]> xmp(ImageBytes file) {
    try {
      GifStream blocks = new GifStream(file);
      for (var next = blocks.next(); next.isPresent(); next = blocks.next()) {
        if (next.get() instanceof Extension extension && isXmp(file, extension)) {
          Slice data = extension.subBlocks().from(XMP.length());
          return BlockFinder.bytes(file, new Slice(data.at(), data.length() - MAGIC_TRAILER));
        }
      }
    } catch (EndOfFileException e) {
      // There was none before the cut.
    }
    return Optional.empty();
  }

  private static boolean isXmp(ImageBytes file, Extension extension) {
    Slice data = extension.subBlocks();
    return extension.label() == APPLICATION
        && data.length() > XMP.length() + MAGIC_TRAILER
        && file.hasText(data.at(), XMP);
  }
}
