package dev.in.runner.report;

/**
 * How large thumbnails are: the more images, the smaller, so that a report stays small enough to be
 * opened at once.
 *
 * @param longestSide in pixels
 * @param maxBytes of a file that may stay as it is
 */
record ThumbnailSize(int longestSide, int maxBytes) {
  private static final int FEW = 24;
  private static final int MANY = 200;

  static ThumbnailSize of(int images) {
    if (images <= FEW) {
      return new ThumbnailSize(1600, 400_000);
    }
    return images <= MANY ? new ThumbnailSize(800, 100_000) : new ThumbnailSize(320, 25_000);
  }
}
