package dev.in.analysis.image;

/**
 * Scales rows of bands down: every result is the mean of the area that it covers, so that thin
 * strokes fade instead of vanishing. Rows are taken one at a time; only the result is held.
 */
final class AreaAverage {
  private static final double ROUNDING = 1e-9;

  private final int bands;
  private final int width;
  private final double rowsPerRow;
  private final byte[] result;
  private final float[] sums;

  /** For each column of the result, the first source column behind those that it covers. */
  private final int[] end;

  /** How much of the last source column that it covers is its own. */
  private final float[] lastShare;

  private final float area;
  private int sourceRow;

  AreaAverage(int sourceWidth, int sourceHeight, int bands, int width, int height) {
    this.bands = bands;
    this.width = width;
    this.rowsPerRow = (double) sourceHeight / height;
    this.result = new byte[width * height * bands];
    // One row more, since the last source row may touch the row behind the last by rounding.
    this.sums = new float[2 * (width + 1) * bands];
    this.end = new int[width];
    this.lastShare = new float[width];
    double perColumn = (double) sourceWidth / width;
    this.area = (float) (perColumn * rowsPerRow);
    for (int column = 0; column < width; column++) {
      double right = (column + 1) * perColumn;
      end[column] = Math.min(sourceWidth, (int) Math.ceil(right - ROUNDING));
      lastShare[column] = (float) Math.min(1, right - (end[column] - 1));
    }
  }

  /** Adds the next source row. */
  void add(int[] row) {
    int to = Math.min((int) (sourceRow / rowsPerRow), height() - 1);
    double bottom = (to + 1) * rowsPerRow;
    float share = (float) Math.min(1, bottom - sourceRow);
    addWeighted(row, 0, share);
    boolean full = sourceRow + 1 >= bottom - ROUNDING;
    if (share < 1 && to + 1 < height()) {
      addWeighted(row, 1, 1 - share);
    }
    if (full) {
      finishRow(to);
    }
    sourceRow++;
  }

  /** Most of what it takes to shrink an image is the innermost loop here. */
  private void addWeighted(int[] row, int line, float share) {
    int to = line * (width + 1) * bands;
    int from = 0;
    for (int column = 0; column < width; column++) {
      int last = (end[column] - 1) * bands;
      float first = share * lastShare[column];
      float second = share - first;
      for (int band = 0; band < bands; band++) {
        float sum = sums[to + band];
        for (int i = from + band; i < last; i += bands) {
          sum += row[i] * share;
        }
        float value = row[last + band];
        sums[to + band] = sum + value * first;
        sums[to + bands + band] += value * second;
      }
      from = last + bands;
      to += bands;
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
    return Math.min(height(), (int) (sourceRow / rowsPerRow + ROUNDING));
  }
}
