package dev.in.analysis.image;

/**
 * Scales rows of bands down: every result is the mean of the area that it covers, so that thin
 * strokes fade instead of vanishing. Rows are taken one at a time; only the result is held.
 */
final class AreaAverage {
  private final int sourceWidth;
  private final int bands;
  private final int width;
  private final double rowsPerRow;
  private final byte[] result;
  private final float[] sums;
  private final int[] firstColumn;
  private final float[] firstShare;
  private final float area;
  private int sourceRow;

  AreaAverage(int sourceWidth, int sourceHeight, int bands, int width, int height) {
    this.sourceWidth = sourceWidth;
    this.bands = bands;
    this.width = width;
    this.rowsPerRow = (double) sourceHeight / height;
    this.result = new byte[width * height * bands];
    // One row more, since the last source row may touch the row behind the last by rounding.
    this.sums = new float[2 * (width + 1) * bands];
    this.firstColumn = new int[sourceWidth];
    this.firstShare = new float[sourceWidth];
    double perColumn = (double) sourceWidth / width;
    this.area = (float) (perColumn * rowsPerRow);
    for (int x = 0; x < sourceWidth; x++) {
      int column = Math.min(width - 1, (int) (x / perColumn));
      double right = (column + 1) * perColumn;
      firstColumn[x] = column;
      firstShare[x] = (float) Math.min(1, right - x);
    }
  }

  /** Adds the next source row. */
  void add(int[] row) {
    int to = Math.min((int) (sourceRow / rowsPerRow), height() - 1);
    double bottom = (to + 1) * rowsPerRow;
    float share = (float) Math.min(1, bottom - sourceRow);
    addWeighted(row, 0, share);
    boolean full = sourceRow + 1 >= bottom - 1e-9;
    if (share < 1 && to + 1 < height()) {
      addWeighted(row, 1, 1 - share);
    }
    if (full) {
      finishRow(to);
    }
    sourceRow++;
  }

  private void addWeighted(int[] row, int line, float share) {
    int start = line * (width + 1) * bands;
    for (int x = 0; x < sourceWidth; x++) {
      int to = start + firstColumn[x] * bands;
      float first = share * firstShare[x];
      float second = share - first;
      for (int band = 0; band < bands; band++) {
        float value = row[x * bands + band];
        sums[to + band] += value * first;
        sums[to + bands + band] += value * second;
      }
    }
  }

  private void finishRow(int row) {
    int line = (width + 1) * bands;
    for (int i = 0; i < width * bands; i++) {
      result[row * width * bands + i] = (byte) Math.min(255, Math.round(sums[i] / area));
    }
    System.arraycopy(sums, line, sums, 0, line);
    java.util.Arrays.fill(sums, line, 2 * line, 0);
  }

  private int height() {
    return result.length / (width * bands);
  }

  /** Returns the bands, row by row; rows that were not finished are zero. */
  byte[] result() {
    return result;
  }

  /** Returns how many rows of the result are finished. */
  int finishedRows() {
    return Math.min(height(), (int) (sourceRow / rowsPerRow + 1e-9));
  }
}
