package dev.in.analysis.image;

import static java.util.Objects.requireNonNull;

import dev.in.formats.header.ImageHeader;
import dev.in.formats.header.JpegFrame;
import dev.in.formats.header.PixelLimits;

/**
 * What one image may cost.
 *
 * @param pixels more are refused. Of a progressive JPEG, all coefficients are held outside the
 *     heap: 3.7 bytes a pixel, measured on JDK 25, however small the result
 * @param maxScanPixels pixels times scans of a progressive JPEG, since each scan passes over all of
 *     them again: a file of a few kilobytes can ask for thousands
 * @param heldPixels how many are decoded at once; a larger image is read with every second, third,
 *     ... pixel left out
 * @param workingSide the longest side of the pixels handed on; larger ones are averaged down to it
 */
public record DecodeLimits(
    PixelLimits pixels, long maxScanPixels, int heldPixels, int workingSide) {

  /** What a heap of 320 MB decodes; the working pixels cost at most 26 MB of it. */
  public static final DecodeLimits DEFAULT =
      new DecodeLimits(new PixelLimits(100_000_000, 50_000_000), 1_000_000_000, 16_000_000, 2560);

  public DecodeLimits {
    requireNonNull(pixels, "pixels is null");
    if (maxScanPixels < 1 || heldPixels < 1 || workingSide < 1) {
      throw new IllegalArgumentException("limits must be positive");
    }
  }

  void check(ImageHeader header) throws DecodeException {
    if (!pixels.allow(header)) {
      throw DecodeException.tooManyPixels(
          "%d x %d pixels%s, and at most %d are decoded"
              .formatted(
                  header.width(),
                  header.height(),
                  header.progressive() ? " in a progressive JPEG" : "",
                  pixels.limitFor(header)));
    }
    int scans = header.jpeg().filter(JpegFrame::progressive).map(JpegFrame::scans).orElse(1);
    if (header.pixels() * scans > maxScanPixels) {
      throw DecodeException.tooManyPixels(
          "%d scans over %d x %d pixels in a progressive JPEG"
              .formatted(scans, header.width(), header.height()));
    }
  }

  /** Compares what a decoder finds with what was checked. */
  static void requireSize(ImageHeader header, int width, int height) throws DecodeException {
    if (width != header.width() || height != header.height()) {
      throw DecodeException.corrupt(
          "the header says %d x %d pixels, the decoder %d x %d"
              .formatted(header.width(), header.height(), width, height));
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
