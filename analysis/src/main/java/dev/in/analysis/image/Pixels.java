package dev.in.analysis.image;

import dev.in.formats.header.Orientation;

/**
 * Opaque sRGB pixels in memory, row by row. The array is not copied: its former owner must not
 * change it.
 *
 * @param width in pixels, 0 only for an empty image
 * @param height in pixels, 0 only for an empty image
 * @param rgb {@code 0xRRGGBB} each, {@code width * height} of them
 */
@SuppressWarnings("ArrayRecordComponent")
public record Pixels(int width, int height, int[] rgb) {
  public Pixels {
    if (width < 0 || height < 0 || rgb.length != width * height) {
      throw new IllegalArgumentException(
          "%dx%d is not %d pixels".formatted(width, height, rgb.length));
    }
  }

  public boolean isEmpty() {
    return rgb.length == 0;
  }

  /** Returns the pixel at a place that is moved onto the image where it lies outside. */
  public int atClamped(int x, int y) {
    int column = Math.clamp(x, 0, width - 1);
    int row = Math.clamp(y, 0, height - 1);
    return rgb[row * width + column];
  }

  /** Returns these stored pixels turned upright. */
  public Pixels upright(Orientation orientation) {
    if (orientation == Orientation.NORMAL) {
      return this;
    }
    int uprightWidth = orientation.swapsAxes() ? height : width;
    int uprightHeight = orientation.swapsAxes() ? width : height;
    int[] upright = new int[rgb.length];
    for (int y = 0; y < uprightHeight; y++) {
      int v = orientation.mirrorsY() ? uprightHeight - 1 - y : y;
      for (int x = 0; x < uprightWidth; x++) {
        int u = orientation.mirrorsX() ? uprightWidth - 1 - x : x;
        upright[y * uprightWidth + x] =
            orientation.swapsAxes() ? rgb[u * width + v] : rgb[v * width + u];
      }
    }
    return new Pixels(uprightWidth, uprightHeight, upright);
  }

  /** Returns the upper rows alone. */
  public Pixels top(int rows) {
    return new Pixels(width, rows, java.util.Arrays.copyOf(rgb, width * rows));
  }
}
