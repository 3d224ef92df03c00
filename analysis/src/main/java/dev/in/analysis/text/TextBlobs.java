package dev.in.analysis.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds the connected areas of a probability map that are likely text, each as the tightest
 * rectangle around it.
 */
final class TextBlobs {
  /** PP-OCR's own thresholds: for a pixel, and for the mean over an area. */
  private static final float PIXEL = 0.3f;

  private static final float AREA = 0.5f;
  private static final int MIN_SIDE = 3;

  private final float[] map;
  private final int width;
  private final int height;
  private final boolean[] seen;
  private final int[] queue;

  TextBlobs(float[] map, int width, int height) {
    this.map = map;
    this.width = width;
    this.height = height;
    this.seen = new boolean[map.length];
    this.queue = new int[map.length];
  }

  List<TextBox> find() {
    List<TextBox> found = new ArrayList<>();
    for (int start = 0; start < map.length; start++) {
      if (!seen[start] && map[start] >= PIXEL) {
        int size = flood(start);
        double score = meanOfQueue(size);
        if (score >= AREA) {
          TextBox box = TightestRectangle.around(queue, size, width, score);
          if (Math.min(box.width(), box.height()) >= MIN_SIDE) {
            found.add(box);
          }
        }
      }
    }
    return found;
  }

  /** Collects the area of a pixel in the queue; returns how many pixels it has. */
  private int flood(int start) {
    int read = 0;
    int written = 0;
    queue[written++] = start;
    seen[start] = true;
    while (read < written) {
      int at = queue[read++];
      int x = at % width;
      int y = at / width;
      for (int ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
        for (int nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
          int next = ny * width + nx;
          if (!seen[next] && map[next] >= PIXEL) {
            seen[next] = true;
            queue[written++] = next;
          }
        }
      }
    }
    return written;
  }

  private double meanOfQueue(int size) {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += map[queue[i]];
    }
    return sum / size;
  }
}
