package dev.in.analysis.image;

import static java.util.Objects.requireNonNull;

import dev.in.analysis.Box;
import dev.in.formats.header.ImageHeader;
import dev.in.formats.header.Orientation;

/**
 * An image, decoded.
 *
 * @param width of the image as stored in the file, before its orientation, in pixels
 * @param height likewise
 * @param orientation how the stored pixels have to be turned
 * @param truncated whether the file ends before its pixels do
 * @param pixels the stored pixels, not turned, scaled down by {@link #scale()}; where the image is
 *     truncated only the rows that are there
 * @param scale working pixels per stored pixel, more than 0 and at most 1
 */
public record DecodedImage(
    int width,
    int height,
    Orientation orientation,
    boolean truncated,
    Pixels pixels,
    double scale) {
  public DecodedImage {
    requireNonNull(orientation, "orientation is null");
    requireNonNull(pixels, "pixels is null");
  }

  static DecodedImage of(ImageHeader header, boolean truncated, Pixels pixels, double scale) {
    return new DecodedImage(
        header.width(), header.height(), header.orientation(), truncated, pixels, scale);
  }

  /** Returns the pixels as a viewer shows them. */
  public Pixels upright() {
    return pixels.upright(orientation);
  }

  /**
   * Returns where something found in {@link #upright()} lies in the stored image.
   *
   * @param left edge, in upright working pixels, likewise the others
   */
  public Box toStored(double left, double top, double right, double bottom) {
    // Of a truncated image only the rows that are there were turned upright.
    int rows = Math.min(height, (int) Math.ceil(pixels.height() / scale));
    int maxX = orientation.swapsAxes() ? rows : width;
    int maxY = orientation.swapsAxes() ? width : rows;
    int x0 = Math.clamp((long) Math.floor(left / scale), 0, maxX - 1);
    int y0 = Math.clamp((long) Math.floor(top / scale), 0, maxY - 1);
    int x1 = Math.clamp((long) Math.ceil(right / scale), x0 + 1, maxX);
    int y1 = Math.clamp((long) Math.ceil(bottom / scale), y0 + 1, maxY);
    return new Box(x0, y0, x1 - x0, y1 - y0).toStored(orientation, width, rows);
  }
}
