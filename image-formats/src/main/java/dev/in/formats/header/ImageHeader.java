package dev.in.formats.header;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What an image's structure says.
 *
 * @param width of the primary image as stored, in pixels
 * @param height of the primary image as stored, in pixels
 * @param orientation how viewers turn the stored pixels
 * @param truncated whether the file ends before the image does
 * @param page which of a TIFF file's images is the primary one, counted from 0; 0 in other formats
 * @param jpeg what only a JPEG has
 */
public record ImageHeader(
    int width,
    int height,
    Orientation orientation,
    boolean truncated,
    int page,
    Optional<JpegFrame> jpeg) {
  public ImageHeader {
    if (width <= 0 || height <= 0) {
      throw new UnreadableHeaderException("the size is " + width + " x " + height);
    }
    requireNonNull(orientation, "orientation is null");
    requireNonNull(jpeg, "jpeg is null");
  }

  public static ImageHeader of(
      long width, long height, Orientation orientation, boolean truncated) {
    return ofPage(0, width, height, orientation, truncated);
  }

  public static ImageHeader ofPage(
      int page, long width, long height, Orientation orientation, boolean truncated) {
    if (width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) {
      throw new UnreadableHeaderException("the size is " + width + " x " + height);
    }
    return new ImageHeader(
        (int) width, (int) height, orientation, truncated, page, Optional.empty());
  }

  public long pixels() {
    return (long) width * height;
  }

  /** Whether it is a progressive JPEG, which takes far more memory to decode. */
  public boolean progressive() {
    return jpeg.map(JpegFrame::progressive).orElse(false);
  }
}
