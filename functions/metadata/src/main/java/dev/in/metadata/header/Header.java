package dev.in.metadata.header;

/**
 * What a picture's structure says.
 *
 * @param width of the primary image as stored, in pixels
 * @param height of the primary image as stored, in pixels
 * @param progressive whether it is a progressive JPEG, which takes far more memory to decode
 * @param truncated whether the file ends before the picture does
 */
public record Header(int width, int height, boolean progressive, boolean truncated) {
  public Header {
    if (width <= 0 || height <= 0) {
      throw new UnreadableHeaderException("the size is " + width + " x " + height);
    }
  }

  static Header of(long width, long height, boolean truncated) {
    if (width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) {
      throw new UnreadableHeaderException("the size is " + width + " x " + height);
    }
    return new Header((int) width, (int) height, false, truncated);
  }

  public long pixels() {
    return (long) width * height;
  }
}
