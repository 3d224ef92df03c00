package dev.in.metadata.header;

import dev.in.metadata.header.PictureFile.EndOfFile;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * One image file directory of a TIFF file.
 *
 * @param at its position in the file
 */
record TiffDirectory(PictureFile file, ByteOrder order, long at) {
  private static final int MAX_ENTRIES = 4096;

  /** The position of the next directory; 0 if this is the last. */
  long next() {
    try {
      return file.u32(at + 2 + 12L * entries(), order);
    } catch (EndOfFile e) {
      return 0;
    }
  }

  /** A tag's values. */
  Optional<Values> find(int tag) {
    int count = entries();
    for (int i = 0; i < count; i++) {
      long entry = at + 2 + 12L * i;
      if (file.u16(entry, order) == tag) {
        return Optional.of(values(entry));
      }
    }
    return Optional.empty();
  }

  private int entries() {
    int count = file.u16(at, order);
    if (count > MAX_ENTRIES) {
      throw new UnreadableHeaderException("a directory has " + count + " entries");
    }
    return count;
  }

  private Values values(long entry) {
    int size =
        switch (file.u16(entry + 2, order)) {
          case 1 -> 1;
          case 3 -> 2;
          case 4, 13 -> 4;
          default -> throw new UnreadableHeaderException("a size is no whole number");
        };
    long count = file.u32(entry + 4, order);
    // Up to four bytes of values stand in the entry itself.
    long position = count * size <= 4 ? entry + 8 : file.u32(entry + 8, order);
    return new Values(file, order, position, size, count);
  }

  /**
   * Whole numbers without a sign.
   *
   * @param size of each in bytes
   */
  record Values(PictureFile file, ByteOrder order, long position, int size, long count) {
    /** So many are read at a time: the file's window would jump between two long tables. */
    private static final int BATCH = 4096;

    long first() {
      return value(0);
    }

    /** Whether one of these positions and the length beside it end behind the file. */
    boolean anyEndsBeyondTheFile(Values lengths) {
      long pairs = Math.min(count, lengths.count);
      for (long from = 0; from < pairs; from += BATCH) {
        int batch = (int) Math.min(BATCH, pairs - from);
        long[] starts = batch(from, batch);
        long[] sizes = lengths.batch(from, batch);
        for (int i = 0; i < batch; i++) {
          if (starts[i] + sizes[i] > file.length()) {
            return true;
          }
        }
      }
      return false;
    }

    private long[] batch(long from, int batch) {
      long[] values = new long[batch];
      for (int i = 0; i < batch; i++) {
        values[i] = value(from + i);
      }
      return values;
    }

    private long value(long index) {
      long at = position + index * size;
      return switch (size) {
        case 1 -> file.u8(at);
        case 2 -> file.u16(at, order);
        default -> file.u32(at, order);
      };
    }
  }
}
