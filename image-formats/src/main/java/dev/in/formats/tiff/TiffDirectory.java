package dev.in.formats.tiff;

import dev.in.formats.bytes.EndOfFileException;
import dev.in.formats.header.UnreadableHeaderException;
import java.util.Optional;

/**
 * One image file directory of a TIFF structure.
 *
 * @param at its position
 */
record TiffDirectory(TiffStructure tiff, long at) {
  private static final int MAX_ENTRIES = 4096;

  private static final int BYTE = 1;
  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int IFD = 13;
  private static final int LONG8 = 16;
  private static final int IFD8 = 18;

  /** The next directory; empty if this is the last, or the file ends before it says. */
  Optional<TiffDirectory> next() {
    try {
      return tiff.directory(tiff.position(entry(entries())));
    } catch (EndOfFileException e) {
      return Optional.empty();
    }
  }

  /** A tag's values. */
  Optional<TiffValues> find(int tag) {
    int count = entries();
    for (int i = 0; i < count; i++) {
      if (tiff.number(entry(i), 2) == tag) {
        return Optional.of(values(entry(i)));
      }
    }
    return Optional.empty();
  }

  /** A tag's first value. */
  Optional<Long> number(int tag) {
    return find(tag).map(values -> values.value(0));
  }

  private int entries() {
    long count = tiff.number(at, tiff.big() ? 8 : 2);
    if (count > MAX_ENTRIES) {
      throw new UnreadableHeaderException("a directory has " + count + " entries");
    }
    return (int) count;
  }

  private long entry(int index) {
    return tiff.big() ? at + 8 + 20L * index : at + 2 + 12L * index;
  }

  /** An entry: tag, type, number of values, and the values, or where they are if they are more. */
  private TiffValues values(long entry) {
    int type = (int) tiff.number(entry + 2, 2);
    int bytes =
        switch (type) {
          case BYTE -> 1;
          case SHORT -> 2;
          case LONG, IFD -> 4;
          case LONG8, IFD8 -> 8;
          default -> throw new UnreadableHeaderException("a size is not a whole number");
        };
    int room = tiff.positionBytes();
    long count = tiff.number(entry + 4, room);
    long values = entry + 4 + room;
    return new TiffValues(
        tiff, count <= room / bytes ? values : tiff.position(values), bytes, count);
  }
}
