package dev.in.analysis.image;

/**
 * Opaque sRGB pixels in memory, row by row. The array is not copied: who hands it over lets go of
 * it.
 *
 * @param width in pixels, 0 only for an empty picture
 * @param height in pixels, 0 only for an empty picture
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

  /** Returns the pixel at a place that is moved onto the picture where it lies outside. */
  public int atClamped(int x, int y) {
    int column = Math.clamp(x, 0, width - 1);
    int row = Math.clamp(y, 0, height - 1);
    return rgb[row * width + column];
  }

  /** Returns the upper rows alone. */
  public Pixels top(int rows) {
    return new Pixels(width, rows, java.util.Arrays.copyOf(rgb, width * rows));
  }
}
