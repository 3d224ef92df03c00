package dev.in.analysis.color;

import dev.in.analysis.image.Pixels;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts an image's colours in cells of 8 channel values a side, each with the exact mean of what
 * it holds: at most 32,768 groups stand for millions of pixels.
 */
final class ColorHistogram {
  private static final int BITS = 5;
  private static final int CELLS = 1 << 3 * BITS;

  private ColorHistogram() {}

  static List<ColorGroup> of(Pixels pixels) {
    int[] counts = new int[CELLS];
    long[] reds = new long[CELLS];
    long[] greens = new long[CELLS];
    long[] blues = new long[CELLS];
    for (int rgb : pixels.rgb()) {
      int red = rgb >> 16 & 0xFF;
      int green = rgb >> 8 & 0xFF;
      int blue = rgb & 0xFF;
      int drop = 8 - BITS;
      int cell = (red >> drop) << 2 * BITS | (green >> drop) << BITS | blue >> drop;
      counts[cell]++;
      reds[cell] += red;
      greens[cell] += green;
      blues[cell] += blue;
    }
    List<ColorGroup> groups = new ArrayList<>();
    for (int cell = 0; cell < CELLS; cell++) {
      if (counts[cell] > 0) {
        groups.add(ColorGroup.of(counts[cell], reds[cell], greens[cell], blues[cell]));
      }
    }
    return groups;
  }
}
