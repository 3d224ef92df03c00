package dev.in.result;

import static java.util.Objects.requireNonNull;

/**
 * A dominant colour.
 *
 * @param rgb as in {@code #1e90ff}
 * @param score the provider's weight of it, 0 to 1
 * @param pixelFraction its share of the pixels, 0 to 1
 */
public record ColorShare(String rgb, double score, double pixelFraction) {
  public ColorShare {
    requireNonNull(rgb, "rgb is null");
    Numbers.requireFinite("score", score);
    Numbers.requireFinite("pixelFraction", pixelFraction);
  }
}
