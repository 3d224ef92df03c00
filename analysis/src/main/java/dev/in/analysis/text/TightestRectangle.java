package dev.in.analysis.text;

import java.util.Arrays;

/** The rectangle of least area around a set of pixels, turned only where that pays. */
final class TightestRectangle {
  /**
   * A turned rectangle must be this much smaller than the upright one: around a short round blob
   * any angle is as good, and upright is what people write.
   */
  private static final double WORTH_TURNING = 0.85;

  private TightestRectangle() {}

  /**
   * @param pixels indexes {@code y * width + x}; the first {@code size} are taken
   */
  static TextBox around(int[] pixels, int size, int width, double score) {
    double[][] hull = hull(corners(pixels, size, width));
    TextBox upright = along(hull, 0, score);
    TextBox best = upright;
    for (int i = 0; i < hull.length; i++) {
      double[] a = hull[i];
      double[] b = hull[(i + 1) % hull.length];
      TextBox box = along(hull, nearestToLevel(Math.atan2(b[1] - a[1], b[0] - a[0])), score);
      if (area(box) < area(best)) {
        best = box;
      }
    }
    return area(best) < WORTH_TURNING * area(upright) ? best : upright;
  }

  private static double area(TextBox box) {
    return box.width() * box.height();
  }

  /** Returns the angle of the rectangle's side that is nearest to level, within 45 degrees. */
  private static double nearestToLevel(double angle) {
    double quarter = Math.PI / 2;
    return angle - quarter * Math.rint(angle / quarter);
  }

  private static TextBox along(double[][] hull, double angle, double score) {
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    double minU = Double.POSITIVE_INFINITY;
    double maxU = Double.NEGATIVE_INFINITY;
    double minV = Double.POSITIVE_INFINITY;
    double maxV = Double.NEGATIVE_INFINITY;
    for (double[] point : hull) {
      double u = point[0] * cos + point[1] * sin;
      double v = point[1] * cos - point[0] * sin;
      minU = Math.min(minU, u);
      maxU = Math.max(maxU, u);
      minV = Math.min(minV, v);
      maxV = Math.max(maxV, v);
    }
    double u = (minU + maxU) / 2;
    double v = (minV + maxV) / 2;
    return new TextBox(
        u * cos - v * sin, u * sin + v * cos, maxU - minU, maxV - minV, angle, score);
  }

  /** Returns the outer corners of each row's first and last pixel: the hull needs no others. */
  private static double[][] corners(int[] pixels, int size, int width) {
    int minY = Integer.MAX_VALUE;
    int maxY = 0;
    for (int i = 0; i < size; i++) {
      minY = Math.min(minY, pixels[i] / width);
      maxY = Math.max(maxY, pixels[i] / width);
    }
    int rows = maxY - minY + 1;
    int[] first = new int[rows];
    int[] last = new int[rows];
    Arrays.fill(first, Integer.MAX_VALUE);
    for (int i = 0; i < size; i++) {
      int row = pixels[i] / width - minY;
      int x = pixels[i] % width;
      first[row] = Math.min(first[row], x);
      last[row] = Math.max(last[row], x);
    }
    double[][] corners = new double[rows * 4][];
    for (int row = 0; row < rows; row++) {
      double y = minY + row;
      corners[row * 4] = new double[] {first[row], y};
      corners[row * 4 + 1] = new double[] {first[row], y + 1};
      corners[row * 4 + 2] = new double[] {last[row] + 1.0, y};
      corners[row * 4 + 3] = new double[] {last[row] + 1.0, y + 1};
    }
    return corners;
  }

  /** Andrew's monotone chain. */
  private static double[][] hull(double[][] points) {
    Arrays.sort(
        points, (a, b) -> a[0] != b[0] ? Double.compare(a[0], b[0]) : Double.compare(a[1], b[1]));
    double[][] hull = new double[points.length * 2][];
    int size = 0;
    for (double[] point : points) {
      size = push(hull, size, 0, point);
    }
    int lower = size;
    for (int i = points.length - 2; i >= 0; i--) {
      size = push(hull, size, lower - 1, points[i]);
    }
    return Arrays.copyOf(hull, Math.max(1, size - 1));
  }

  private static int push(double[][] hull, int size, int floor, double[] point) {
    int top = size;
    while (top - floor >= 2 && cross(hull[top - 2], hull[top - 1], point) <= 0) {
      top--;
    }
    hull[top] = point;
    return top + 1;
  }

  private static double cross(double[] o, double[] a, double[] b) {
    return (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0]);
  }
}
