package dev.in.formats.header;

/**
 * How many pixels an image may have. The numbers are the caller's: they belong to whoever has the
 * memory.
 *
 * @param maxPixels of any image
 * @param maxProgressivePixels of a progressive JPEG, which decoders hold whole whatever one asks of
 *     them
 */
public record PixelLimits(long maxPixels, long maxProgressivePixels) {
  public PixelLimits {
    if (maxPixels < 1 || maxProgressivePixels < 1) {
      throw new IllegalArgumentException("limits must be positive");
    }
  }

  /** The limit for an image of this kind. */
  public long limitFor(ImageHeader header) {
    return header.progressive() ? Math.min(maxPixels, maxProgressivePixels) : maxPixels;
  }

  public boolean allow(ImageHeader header) {
    return header.pixels() <= limitFor(header);
  }
}
