package dev.in.analysis.text;

import java.util.List;

/**
 * What was read in a line.
 *
 * @param glyphs in reading order, spaces included
 */
record Recognition(List<Glyph> glyphs) {
  /**
   * One character.
   *
   * @param text a code point, or a space
   * @param confidence 0 to 1
   * @param start where it begins along the line, as a share of the line's width
   * @param end where it ends
   */
  record Glyph(String text, double confidence, double start, double end) {
    boolean isSpace() {
      return text.isBlank();
    }
  }

  Recognition {
    glyphs = List.copyOf(glyphs);
  }

  /** Returns the mean over the characters that are not spaces, 0 where there are none. */
  double confidence() {
    return glyphs.stream()
        .filter(glyph -> !glyph.isSpace())
        .mapToDouble(Glyph::confidence)
        .average()
        .orElse(0);
  }
}
