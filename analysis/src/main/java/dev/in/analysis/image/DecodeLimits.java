package dev.in.analysis.image;

/**
 * What one picture may cost.
 *
 * @param maxPixels more are refused
 * @param maxProgressivePixels more are refused in a progressive JPEG, whose coefficients are all
 *     held outside the heap: 3.7 bytes a pixel, measured on JDK 25, however small the result
 * @param maxScanPixels pixels times scans of a progressive JPEG, since each scan passes over all of
 *     them again: a file of a few kilobytes can ask for thousands
 * @param heldPixels how many are decoded at once; a larger picture is read with every second,
 *     third, ... pixel left out
 * @param workingSide the longest side of the pixels handed on; larger ones are averaged down to it
 */
public record DecodeLimits(
    long maxPixels,
    long maxProgressivePixels,
    long maxScanPixels,
    int heldPixels,
    int workingSide) {

  /** The contract's caps, and working pixels that cost at most 26 MB. */
  public static final DecodeLimits DEFAULT =
      new DecodeLimits(100_000_000, 50_000_000, 1_000_000_000, 16_000_000, 2560);

  public DecodeLimits {
    if (maxPixels < 1
        || maxProgressivePixels < 1
        || maxScanPixels < 1
        || heldPixels < 1
        || workingSide < 1) {
      throw new IllegalArgumentException("limits must be positive");
    }
  }

  void check(long width, long height) throws DecodeException {
    if (width < 1 || height < 1) {
      throw DecodeException.corrupt("a picture of %d x %d pixels".formatted(width, height));
    }
    if (width > maxPixels / height) {
      throw DecodeException.tooManyPixels(
          "%d x %d pixels, and at most %d are decoded".formatted(width, height, maxPixels));
    }
  }

  void checkProgressive(long width, long height, int scans) throws DecodeException {
    long pixels = width * height;
    if (pixels > maxProgressivePixels) {
      throw DecodeException.tooManyPixels(
          "%d x %d pixels in a progressive JPEG, and at most %d are decoded"
              .formatted(width, height, maxProgressivePixels));
    }
    if (pixels * scans > maxScanPixels) {
      throw DecodeException.tooManyPixels(
          "%d scans over %d x %d pixels in a progressive JPEG".formatted(scans, width, height));
    }
  }

  /** Returns the smallest step between the pixels read that keeps them within the held ones. */
  int subsampling(int width, int height) {
    int step = 1;
    while (((width + step - 1L) / step) * ((height + step - 1L) / step) > heldPixels) {
      step++;
    }
    return step;
  }
}
