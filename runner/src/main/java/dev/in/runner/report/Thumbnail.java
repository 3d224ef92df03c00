package dev.in.runner.report;

import static java.util.Objects.requireNonNull;

/** What the report shows of an image. */
sealed interface Thumbnail {

  /**
   * A small image that browsers can display.
   *
   * @param orientation the EXIF orientation by which it was turned upright; 0: the browser does it
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Available(String contentType, int orientation, byte[] bytes) implements Thumbnail {
    public Available {
      requireNonNull(contentType, "contentType is null");
      requireNonNull(bytes, "bytes is null");
    }
  }

  /** Why there is none, for people. */
  record Unavailable(String reason) implements Thumbnail {
    public Unavailable {
      requireNonNull(reason, "reason is null");
    }
  }
}
