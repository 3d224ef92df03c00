package dev.in.analysis;

import static java.util.Objects.requireNonNull;

/**
 * One of an image's dominant colours.
 *
 * @param rgb the mean colour of the pixels that it stands for
 * @param score 0 to 1: the share, weighted by how vivid the colour is; the scores of one image sum
 *     to 1 at most
 * @param pixelFraction the share of the image's pixels, 0 to 1
 */
public record ColorShare(Rgb rgb, double score, double pixelFraction) {
  public ColorShare {
    requireNonNull(rgb, "rgb is null");
  }
}
