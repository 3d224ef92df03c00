package dev.in.formats.tiff;

import dev.in.formats.bytes.EndOfFileException;

/**
 * A tag's values: whole numbers without a sign.
 *
 * @param at the position of the first
 * @param bytes of each
 */
record TiffValues(TiffStructure tiff, long at, int bytes, long count) {
  /** So many are read at a time: the file's window would jump between two long tables. */
  private static final int BATCH = 4096;

  /**
   * Whether one of these positions and the length beside it end beyond the file.
   *
   * @param max only so many are compared
   */
  boolean anyEndsBeyondTheFile(TiffValues lengths, long max) {
    long pairs = Math.min(max, Math.min(count, lengths.count));
    for (long from = 0; from < pairs; from += BATCH) {
      int batch = (int) Math.min(BATCH, pairs - from);
      long[] starts = batch(from, batch);
      long[] sizes = lengths.batch(from, batch);
      for (int i = 0; i < batch; i++) {
        if (starts[i] > tiff.slice().length() - sizes[i]) {
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

  /**
   * @throws EndOfFileException if it lies beyond the file
   */
  long value(long index) {
    return tiff.number(at + index * bytes, bytes);
  }
}
