package dev.in.analysis.thumbnail;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A small version of an image that every browser can display.
 *
 * @param bytes the file
 * @param contentType of the file
 * @param orientation by which the pixels were turned upright; empty where that is left to the
 *     browser
 */
@SuppressWarnings("ArrayRecordComponent")
record Thumbnail(byte[] bytes, String contentType, Optional<Integer> orientation) {
  Thumbnail {
    requireNonNull(bytes, "bytes is null");
    requireNonNull(contentType, "contentType is null");
    requireNonNull(orientation, "orientation is null");
  }
}
