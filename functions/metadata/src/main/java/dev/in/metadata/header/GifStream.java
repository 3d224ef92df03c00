package dev.in.metadata.header;

import java.util.Optional;

/** The blocks of a GIF file (87a and 89a), one after another up to the trailer. */
public final class GifStream {
  private static final int TRAILER = 0x3b;
  private static final int EXTENSION = 0x21;
  private static final int IMAGE = 0x2c;

  private final PictureFile file;
  private long at;
  private boolean trailed;

  public GifStream(PictureFile file) {
    this.file = file;
    this.at = 13 + colorTableBytes(file.u8(10));
  }

  /**
   * @param label an extension's; -1 for an image
   * @param subBlocks with their lengths, and the zero behind the last
   */
  public record Block(int label, Slice subBlocks) {}

  /** Empty at the trailer, and at anything that is no block. */
  public Optional<Block> next() {
    // Some writers end a block twice; decoders do not mind.
    while (file.u8(at) == 0) {
      at++;
    }
    switch (file.u8(at)) {
      case EXTENSION -> {
        return Optional.of(block(file.u8(at + 1), at + 2));
      }
      case IMAGE -> {
        return Optional.of(block(-1, at + 11 + colorTableBytes(file.u8(at + 9))));
      }
      case TRAILER -> trailed = true;
      default -> {}
    }
    return Optional.empty();
  }

  /** Whether the trailer was reached. */
  boolean trailed() {
    return trailed;
  }

  private Block block(int label, long from) {
    at = from;
    int length = file.u8(at);
    while (length != 0) {
      at += length + 1;
      length = file.u8(at);
    }
    at++;
    return new Block(label, new Slice(from, at - from));
  }

  private static int colorTableBytes(int flags) {
    return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
  }
}
