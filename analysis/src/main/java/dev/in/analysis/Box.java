package dev.in.analysis;

/**
 * A rectangle in pixels of the stored image: before its EXIF orientation is applied, {@code (0, 0)}
 * the top left pixel of the file.
 *
 * @param x left edge, at least 0
 * @param y top edge, at least 0
 * @param width at least 1
 * @param height at least 1
 */
public record Box(int x, int y, int width, int height) {
  public Box {
    if (x < 0 || y < 0 || width < 1 || height < 1) {
      throw new IllegalArgumentException("Not a box: %d,%d %dx%d".formatted(x, y, width, height));
    }
  }

  /** Returns the smallest box around this one and the other. */
  public Box union(Box other) {
    int left = Math.min(x, other.x);
    int top = Math.min(y, other.y);
    int right = Math.max(x + width, other.x + other.width);
    int bottom = Math.max(y + height, other.y + other.height);
    return new Box(left, top, right - left, bottom - top);
  }
}
