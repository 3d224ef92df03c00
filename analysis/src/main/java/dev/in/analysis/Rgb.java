package dev.in.analysis;

import java.util.HexFormat;

/** An sRGB colour, 0 to 255 a channel. */
public record Rgb(int red, int green, int blue) {
  public Rgb {
    if (((red | green | blue) & ~0xFF) != 0) {
      throw new IllegalArgumentException("Not a colour: %d,%d,%d".formatted(red, green, blue));
    }
  }

  /** Returns the colour packed as {@code 0xRRGGBB}; higher bits are ignored. */
  public static Rgb ofPacked(int packed) {
    return new Rgb(packed >> 16 & 0xFF, packed >> 8 & 0xFF, packed & 0xFF);
  }

  /** Returns {@code #rrggbb}, lower case. */
  public String hex() {
    return "#" + HexFormat.of().toHexDigits(red << 16 | green << 8 | blue, 6);
  }
}
