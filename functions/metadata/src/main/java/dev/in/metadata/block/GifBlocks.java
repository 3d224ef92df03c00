package dev.in.metadata.block;

import dev.in.metadata.header.GifStream;
import dev.in.metadata.header.GifStream.Block;
import dev.in.metadata.header.PictureFile;
import dev.in.metadata.header.PictureFile.EndOfFile;
import dev.in.metadata.header.Slice;
import java.util.Optional;

/** XMP in a GIF file: the packet as it is, then 258 bytes that lead readers of sub-blocks out. */
final class GifBlocks implements BlockFinder {
  private static final int APPLICATION = 0xff;
  private static final String XMP = "\u000bXMP DataXMP";
  private static final int MAGIC_TRAILER = 258;

  @Override
  public Blocks find(PictureFile file) {
    return new Blocks(
        Optional.empty(), Optional.empty(), xmp(file), Optional.empty(), Optional.empty());
  }

  private static Optional<byte[]> xmp(PictureFile file) {
    try {
      GifStream blocks = new GifStream(file);
      for (var next = blocks.next(); next.isPresent(); next = blocks.next()) {
        if (isXmp(file, next.get())) {
          Slice data = next.get().subBlocks().from(XMP.length());
          return BlockFinder.bytes(file, new Slice(data.at(), data.length() - MAGIC_TRAILER));
        }
      }
    } catch (EndOfFile e) {
      // There was none before the cut.
    }
    return Optional.empty();
  }

  private static boolean isXmp(PictureFile file, Block block) {
    return block.label() == APPLICATION
        && block.subBlocks().length() > XMP.length() + MAGIC_TRAILER
        && file.text(block.subBlocks().at(), XMP.length()).equals(XMP);
  }
}
