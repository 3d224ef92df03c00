package dev.in.metadata.block;

import dev.in.formats.ImageFormat;
import dev.in.formats.bytes.EndOfFileException;
import dev.in.formats.bytes.ImageBytes;
import dev.in.formats.bytes.Slice;
import java.util.Optional;

/** Finds one format's blocks. */
public interface BlockFinder {

  /** All that are there, however the file ends. */
  Blocks find(ImageBytes file);

  /** The finder for that format. */
  static BlockFinder of(ImageFormat format) {
    return switch (format) {
      case JPEG -> file -> new JpegBlocks(file).find();
      case PNG -> file -> new PngBlocks(file).find();
      case GIF -> new GifBlocks();
      case WEBP -> new WebpBlocks();
      case TIFF -> file -> Blocks.ofExif(new Slice(0, file.length()));
      case HEIC, AVIF -> new HeifBlocks();
      case BMP -> file -> Blocks.NONE;
    };
  }

  /** A slice's bytes if it lies within the file and is not too long. */
  static Optional<byte[]> bytes(ImageBytes file, Slice slice) {
    try {
      return slice.isWithin(file) && slice.length() <= Blocks.MAX_BYTES
          ? Optional.of(file.bytes(slice.at(), (int) slice.length()))
          : Optional.empty();
    } catch (EndOfFileException e) {
      return Optional.empty();
    }
  }

  /** A slice's bytes, or as many of them as are taken, if it lies within the file. */
  static Optional<byte[]> beginning(ImageBytes file, Slice slice) {
    return slice.isWithin(file)
        ? bytes(file, new Slice(slice.at(), Math.min(slice.length(), Blocks.MAX_BYTES)))
        : Optional.empty();
  }
}
