package dev.in.formats.tiff;

import dev.in.formats.bytes.EndOfFileException;
import dev.in.formats.bytes.ImageBytes;
import dev.in.formats.bytes.Slice;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * A TIFF structure: a whole file, or the EXIF block within another. Positions in it count from its
 * own beginning.
 *
 * @param big whether it is a BigTIFF, whose positions have eight bytes
 */
record TiffStructure(ImageBytes file, Slice slice, ByteOrder order, boolean big) {

  /** Empty without a TIFF's first bytes. */
  static Optional<TiffStructure> in(ImageBytes file, Slice slice) {
    if (slice.length() < 8 || !new Slice(slice.at(), 8).isWithin(file)) {
      return Optional.empty();
    }
    return switch (file.text(slice.at(), 4)) {
      case "II*\0" -> Optional.of(new TiffStructure(file, slice, ByteOrder.LITTLE_ENDIAN, false));
      case "MM\0*" -> Optional.of(new TiffStructure(file, slice, ByteOrder.BIG_ENDIAN, false));
      case "II+\0" -> Optional.of(new TiffStructure(file, slice, ByteOrder.LITTLE_ENDIAN, true));
      case "MM\0+" -> Optional.of(new TiffStructure(file, slice, ByteOrder.BIG_ENDIAN, true));
      default -> Optional.empty();
    };
  }

  /** The first image file directory; empty if there is none. */
  Optional<TiffDirectory> first() {
    return directory(position(big ? 8 : 4));
  }

  Optional<TiffDirectory> directory(long at) {
    return at == 0 ? Optional.empty() : Optional.of(new TiffDirectory(this, at));
  }

  /** A position's own size in bytes, which is that of a value held in an entry as well. */
  int positionBytes() {
    return big ? 8 : 4;
  }

  /** A position that stands at a position. */
  long position(long at) {
    return number(at, positionBytes());
  }

  /** A whole number without a sign, of 1, 2, 4 or 8 bytes. */
  long number(long at, int bytes) {
    if (at < 0 || at > slice.length() - bytes) {
      throw new EndOfFileException();
    }
    long position = slice.at() + at;
    return switch (bytes) {
      case 1 -> file.u8(position);
      case 2 -> file.u16(position, order);
      case 4 -> file.u32(position, order);
      default -> file.u64(position, order);
    };
  }
}
