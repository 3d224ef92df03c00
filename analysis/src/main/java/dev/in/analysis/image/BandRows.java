package dev.in.analysis.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * The rows of a decoded image as 8 bit bands: one for grey, three for sRGB, and for any other
 * colour space the bands of that space, which are converted once the image is small.
 *
 * <p>Grey is taken as it is stored: ImageIO calls it linear, which no file means, and would
 * brighten it. Transparent pixels are laid on white.
 */
sealed interface BandRows {
  /** How many values a pixel has. */
  int bands();

  /** Fills {@code target} with the row's values, 0 to 255, pixel by pixel. */
  void read(int y, int[] target);

  /** Whether the bands are neither grey nor sRGB. */
  default boolean foreign() {
    return false;
  }

  static BandRows of(BufferedImage image) {
    ColorModel model = image.getColorModel();
    if (model instanceof IndexColorModel palette) {
      return new Indexed(image.getRaster(), palette, new int[image.getWidth()]);
    }
    int bits = model.getComponentSize(0);
    boolean integral = bits <= 16 && image.getRaster().getTransferType() <= 1;
    boolean packed = image.getRaster().getTransferType() == 3 && bits <= 8;
    boolean even = evenSizes(model.getComponentSize());
    if (!(integral || packed) || !even || model.isAlphaPremultiplied()) {
      return new Slow(image, new int[image.getWidth()]);
    }
    ColorSpace space = model.getColorSpace();
    boolean grey = space.getType() == ColorSpace.TYPE_GRAY;
    boolean direct = grey || space.isCS_sRGB();
    if (model.hasAlpha() && !direct) {
      return new Slow(image, new int[image.getWidth()]);
    }
    int colors = model.getNumColorComponents();
    return model.hasAlpha()
        ? new OnWhite(image.getRaster(), colors, bits, new int[image.getWidth() * (colors + 1)])
        : new Plain(image.getRaster(), colors, bits, !direct);
  }

  private static boolean evenSizes(int[] sizes) {
    for (int size : sizes) {
      if (size != sizes[0]) {
        return false;
      }
    }
    return true;
  }

  /** Opaque components. */
  record Plain(Raster raster, int bands, int bits, boolean foreign) implements BandRows {
    @Override
    public void read(int y, int[] target) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, target);
      if (bits != 8) {
        int top = (1 << bits) - 1;
        for (int i = 0; i < raster.getWidth() * bands; i++) {
          target[i] = (target[i] * 255 + top / 2) / top;
        }
      }
    }
  }

  /** Grey or sRGB components with an alpha band behind them. */
  @SuppressWarnings("ArrayRecordComponent")
  record OnWhite(Raster raster, int bands, int bits, int[] row) implements BandRows {
    @Override
    public void read(int y, int[] target) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, row);
      long top = (1L << bits) - 1;
      int at = 0;
      int to = 0;
      for (int x = 0; x < raster.getWidth(); x++) {
        long alpha = row[at + bands];
        for (int band = 0; band < bands; band++) {
          long mixed = row[at + band] * alpha + top * (top - alpha);
          target[to++] = (int) ((mixed * 255 + top * top / 2) / (top * top));
        }
        at += bands + 1;
      }
    }
  }

  /** Palette indexes, also those of one, two and four bits. */
  @SuppressWarnings("ArrayRecordComponent")
  record Indexed(Raster raster, IndexColorModel palette, int[] row) implements BandRows {
    @Override
    public int bands() {
      return 3;
    }

    @Override
    public void read(int y, int[] target) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, row);
      for (int x = 0; x < row.length; x++) {
        // A damaged file may name a colour that its palette does not have.
        int index = Math.min(row[x], palette.getMapSize() - 1);
        putOnWhite(palette.getRGB(index), target, x * 3);
      }
    }
  }

  /** Whatever else ImageIO can show: floating point, premultiplied, uneven. */
  @SuppressWarnings("ArrayRecordComponent")
  record Slow(BufferedImage image, int[] row) implements BandRows {
    @Override
    public int bands() {
      return 3;
    }

    @Override
    public void read(int y, int[] target) {
      image.getRGB(0, y, image.getWidth(), 1, row, 0, row.length);
      for (int x = 0; x < row.length; x++) {
        putOnWhite(row[x], target, x * 3);
      }
    }
  }

  private static void putOnWhite(int argb, int[] target, int at) {
    int alpha = argb >>> 24;
    target[at] = onWhite(argb >> 16 & 0xFF, alpha);
    target[at + 1] = onWhite(argb >> 8 & 0xFF, alpha);
    target[at + 2] = onWhite(argb & 0xFF, alpha);
  }

  private static int onWhite(int value, int alpha) {
    return (value * alpha + 255 * (255 - alpha) + 127) / 255;
  }
}
