package dev.in.analysis.color;

import dev.in.analysis.Rgb;

/**
 * Pixels of like colour, by their sums.
 *
 * @param pixels how many, at least 1
 * @param red the sum of their sRGB channel values, likewise the other channels
 * @param lightness the sum of their CIELAB lightness, likewise a and b
 * @param squares the sum of their squared distances from CIELAB's origin
 */
record ColorGroup(
    long pixels,
    long red,
    long green,
    long blue,
    double lightness,
    double a,
    double b,
    double squares) {

  /** Returns a group of pixels that are all taken for their mean. */
  static ColorGroup of(long pixels, long red, long green, long blue) {
    CielabColor mean =
        CielabColor.ofSrgb((double) red / pixels, (double) green / pixels, (double) blue / pixels);
    return new ColorGroup(
        pixels,
        red,
        green,
        blue,
        pixels * mean.lightness(),
        pixels * mean.a(),
        pixels * mean.b(),
        pixels * mean.squaredDistance(CielabColor.ORIGIN));
  }

  CielabColor center() {
    return new CielabColor(lightness / pixels, a / pixels, b / pixels);
  }

  /** Returns the root of the mean squared distance from the centre. */
  double radius() {
    double mean = center().squaredDistance(CielabColor.ORIGIN);
    return Math.sqrt(Math.max(0, squares / pixels - mean));
  }

  Rgb mean() {
    return new Rgb(rounded(red), rounded(green), rounded(blue));
  }

  ColorGroup plus(ColorGroup other) {
    return new ColorGroup(
        pixels + other.pixels,
        red + other.red,
        green + other.green,
        blue + other.blue,
        lightness + other.lightness,
        a + other.a,
        b + other.b,
        squares + other.squares);
  }

  private int rounded(long sum) {
    return (int) ((sum + pixels / 2) / pixels);
  }
}
