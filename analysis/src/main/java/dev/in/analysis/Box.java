package dev.in.analysis;

import dev.in.formats.header.Orientation;

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

  /**
   * Returns where this box of an upright image lies in the stored one.
   *
   * @param storedWidth of the stored image, in the box's own units
   * @param storedHeight likewise
   */
  public Box toStored(Orientation orientation, int storedWidth, int storedHeight) {
    int uprightWidth = orientation.swapsAxes() ? storedHeight : storedWidth;
    int uprightHeight = orientation.swapsAxes() ? storedWidth : storedHeight;
    int u = orientation.mirrorsX() ? uprightWidth - x - width : x;
    int v = orientation.mirrorsY() ? uprightHeight - y - height : y;
    return orientation.swapsAxes() ? new Box(v, u, height, width) : new Box(u, v, width, height);
  }

  /**
   * Returns where this box of a stored image lies in the upright one.
   *
   * @param storedWidth of the stored image, in the box's own units
   * @param storedHeight likewise
   */
  public Box toUpright(Orientation orientation, int storedWidth, int storedHeight) {
    return orientation.swapsAxes()
        ? toStored(orientation.inverse(), storedHeight, storedWidth)
        : toStored(orientation.inverse(), storedWidth, storedHeight);
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
