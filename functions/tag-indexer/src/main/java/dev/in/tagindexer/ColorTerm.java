package dev.in.tagindexer;

import java.util.Locale;

/**
 * The eleven basic colour terms of English (Berlin and Kay, 1969): people search for `blue`, not
 * for `#1e90ff`.
 */
enum ColorTerm {
  BLACK,
  WHITE,
  GRAY,
  RED,
  ORANGE,
  YELLOW,
  GREEN,
  BLUE,
  PURPLE,
  PINK,
  BROWN;

  /**
   * @param rgb as in {@code #1e90ff}
   */
  static ColorTerm of(String rgb) {
    int value = Integer.parseInt(rgb.substring(1), 16);
    double red = (value >> 16 & 0xff) / 255.0;
    double green = (value >> 8 & 0xff) / 255.0;
    double blue = (value & 0xff) / 255.0;
    double max = Math.max(red, Math.max(green, blue));
    double min = Math.min(red, Math.min(green, blue));
    double lightness = (max + min) / 2;
    double chroma = max - min;
    if (lightness < 0.1) {
      return BLACK;
    }
    if (lightness > 0.95) {
      return WHITE;
    }
    // Little colour looks like none, the more so the lighter or darker it is.
    if (chroma < 0.12) {
      return lightness < 0.2 ? BLACK : lightness > 0.88 ? WHITE : GRAY;
    }
    return chromatic(hue(red, green, blue, max, chroma), lightness);
  }

  private static ColorTerm chromatic(double hue, double lightness) {
    if (hue < 16 || hue >= 340) {
      return lightness > 0.7 ? PINK : RED;
    }
    if (hue < 45) {
      return lightness < 0.42 ? BROWN : ORANGE;
    }
    if (hue < 68) {
      return lightness < 0.25 ? BROWN : YELLOW;
    }
    if (hue < 165) {
      return GREEN;
    }
    if (hue < 255) {
      return BLUE;
    }
    return hue < 300 ? PURPLE : lightness > 0.4 ? PINK : PURPLE;
  }

  /** Of HSL, in degrees. */
  private static double hue(double red, double green, double blue, double max, double chroma) {
    double sector;
    if (max == red) {
      sector = (green - blue) / chroma;
    } else if (max == green) {
      sector = 2 + (blue - red) / chroma;
    } else {
      sector = 4 + (red - green) / chroma;
    }
    return (sector * 60 + 360) % 360;
  }

  /** As it is searched for. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
