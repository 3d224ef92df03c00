package dev.in.analysis.color;

import dev.in.analysis.Rgb;

/**
 * Pixels of like colour, by their sums.
 *
 * @param pixels how many, at least 1
 * @param red the sum of their sRGB channel values, likewise the others
 */
record ColorGroup(long pixels, long red, long green, long blue) {

  CielabColor center() {
    return CielabColor.ofSrgb(
        (double) red / pixels, (double) green / pixels, (double) blue / pixels);
  }

  Rgb mean() {
    return new Rgb(rounded(red), rounded(green), rounded(blue));
  }

  ColorGroup plus(ColorGroup other) {
    return new ColorGroup(
        pixels + other.pixels, red + other.red, green + other.green, blue + other.blue);
  }

  private int rounded(long sum) {
    return (int) ((sum + pixels / 2) / pixels);
  }
}
