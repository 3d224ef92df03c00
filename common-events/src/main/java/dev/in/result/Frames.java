package dev.in.result;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * The images of a file that has several: the frames of an animated GIF, PNG or WebP, the pages of a
 * TIFF without reduced copies. The first is the one that has the result's size and is analysed.
 *
 * @param count of them; of a truncated file those that are there
 * @param durationMs how long all frames are shown once, as the file says; pages have none
 */
public record Frames(int count, Optional<Long> durationMs) {
  public Frames {
    requireNonNull(durationMs, "durationMs is null");
  }
}
