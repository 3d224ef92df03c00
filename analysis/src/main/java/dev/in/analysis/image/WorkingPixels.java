package dev.in.analysis.image;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;

/** Turns a decoded image into working pixels: small, sRGB, opaque. */
final class WorkingPixels {
  private WorkingPixels() {}

  /** Returns working pixels per stored pixel, at most 1. */
  static double scale(int storedWidth, int storedHeight, int workingSide) {
    return Math.min(1, (double) workingSide / Math.max(storedWidth, storedHeight));
  }

  static int scaled(int length, double scale) {
    return Math.max(1, (int) Math.round(length * scale));
  }

  /**
   * Scales an image down.
   *
   * @param rows how many rows of it were decoded; only these are in the result
   */
  static Pixels of(BufferedImage image, int rows, int width, int height) {
    BandRows source = BandRows.of(image);
    int[] row = new int[image.getWidth() * source.bands()];
    AreaAverage average =
        new AreaAverage(image.getWidth(), image.getHeight(), source.bands(), width, height);
    for (int y = 0; y < rows; y++) {
      source.read(y, row);
      average.add(row);
    }
    int finished = average.finishedRows();
    byte[] bands = average.result();
    int[] rgb =
        source.foreign()
            ? toRgb(bands, width, height, image.getColorModel().getColorSpace())
            : packed(bands, width * height, source.bands());
    Pixels pixels = new Pixels(width, height, rgb);
    return finished == height ? pixels : pixels.top(finished);
  }

  private static int[] packed(byte[] bands, int pixels, int perPixel) {
    int[] rgb = new int[pixels];
    int green = perPixel == 1 ? 0 : 1;
    int blue = perPixel == 1 ? 0 : 2;
    for (int i = 0; i < pixels; i++) {
      int at = i * perPixel;
      rgb[i] = (bands[at] & 0xFF) << 16 | (bands[at + green] & 0xFF) << 8 | bands[at + blue] & 0xFF;
    }
    return rgb;
  }

  /** Converts the interleaved bands of a colour space to packed sRGB. */
  static int[] toRgb(byte[] bands, int width, int height, ColorSpace space) {
    if (space.isCS_sRGB()) {
      return packed(bands, width * height, 3);
    }
    return converted(bands, width, height, space);
  }

  private static int[] converted(byte[] bands, int width, int height, ColorSpace space) {
    int perPixel = space.getNumComponents();
    int[] offsets = new int[perPixel];
    java.util.Arrays.setAll(offsets, band -> band);
    var raster =
        Raster.createInterleavedRaster(
            new DataBufferByte(bands, bands.length),
            width,
            height,
            width * perPixel,
            perPixel,
            offsets,
            null);
    var model =
        new ComponentColorModel(space, false, false, Transparency.OPAQUE, DataBuffer.TYPE_BYTE);
    BufferedImage source = new BufferedImage(model, raster, false, null);
    BufferedImage target = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    new ColorConvertOp(null).filter(source, target);
    int[] rgb = new int[width * height];
    target.getRaster().getDataElements(0, 0, width, height, rgb);
    return rgb;
  }
}
