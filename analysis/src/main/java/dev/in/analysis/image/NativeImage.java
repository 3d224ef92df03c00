package dev.in.analysis.image;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.lang.foreign.MemorySegment;

/**
 * Pixels that a native library decoded.
 *
 * @param bytes red, green, blue and, if there is any, alpha, row by row
 * @param bytesPerRow from the start of a row to that of the next
 * @param width in pixels
 * @param height in pixels
 * @param alpha whether each pixel has a fourth byte; colours are not premultiplied
 */
record NativeImage(MemorySegment bytes, long bytesPerRow, int width, int height, boolean alpha) {

  /** Returns working pixels; transparent ones on white. */
  Pixels shrink(double scale, ColorSpace space) {
    int targetWidth = WorkingPixels.scaled(width, scale);
    int targetHeight = WorkingPixels.scaled(height, scale);
    AreaAverage average = new AreaAverage(width, height, 3, targetWidth, targetHeight);
    byte[] row = new byte[width * (alpha ? 4 : 3)];
    int[] bands = new int[width * 3];
    for (int y = 0; y < height; y++) {
      MemorySegment.copy(bytes, JAVA_BYTE, y * bytesPerRow, row, 0, row.length);
      fill(bands, row);
      average.add(bands);
    }
    int[] rgb = WorkingPixels.toRgb(average.result(), targetWidth, targetHeight, space);
    return new Pixels(targetWidth, targetHeight, rgb);
  }

  private void fill(int[] bands, byte[] row) {
    if (!alpha) {
      for (int i = 0; i < bands.length; i++) {
        bands[i] = row[i] & 0xFF;
      }
      return;
    }
    for (int x = 0; x < width; x++) {
      int opacity = row[x * 4 + 3] & 0xFF;
      for (int band = 0; band < 3; band++) {
        int value = (row[x * 4 + band] & 0xFF) * opacity + 255 * (255 - opacity);
        bands[x * 3 + band] = (value + 127) / 255;
      }
    }
  }

  /** Returns the colour space of an ICC profile; one that Java cannot use counts as sRGB. */
  static ColorSpace colorSpace(byte[] profile) {
    ColorSpace standard = ColorSpace.getInstance(ColorSpace.CS_sRGB);
    if (profile.length == 0) {
      return standard;
    }
    try {
      ColorSpace space = new ICC_ColorSpace(ICC_Profile.getInstance(profile));
      return space.getType() == ColorSpace.TYPE_RGB ? space : standard;
    } catch (IllegalArgumentException unusable) {
      return standard;
    }
  }
}
