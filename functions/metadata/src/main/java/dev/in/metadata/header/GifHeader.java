package dev.in.metadata.header;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.in.metadata.header.PictureFile.EndOfFile;

/** GIF: the logical screen, on which the frames are drawn. */
final class GifHeader implements HeaderReader {
  @Override
  public Header read(PictureFile file) {
    int width = file.u16(6, LITTLE_ENDIAN);
    int height = file.u16(8, LITTLE_ENDIAN);
    return new Header(width, height, false, !ends(file));
  }

  private static boolean ends(PictureFile file) {
    try {
      GifStream blocks = new GifStream(file);
      while (blocks.next().isPresent()) {
        // On to the trailer.
      }
      return blocks.trailed();
    } catch (EndOfFile e) {
      return false;
    }
  }
}
