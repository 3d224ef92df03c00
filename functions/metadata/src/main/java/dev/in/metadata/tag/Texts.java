package dev.in.metadata.tag;

import java.util.Optional;

/** Makes strangers' text fit to be shown. */
final class Texts {
  private static final int MAX_LENGTH = 200;

  /** Join letters and emoji; the other invisible characters can turn a text around. */
  private static final String JOINERS = "\u200c\u200d";

  private Texts() {}

  static Optional<String> clean(String value) {
    return clean(value, MAX_LENGTH);
  }

  /**
   * On one line, without control characters and the blanks around.
   *
   * @param longest in code points; what is longer is cut
   */
  static Optional<String> clean(String value, int longest) {
    StringBuilder clean = new StringBuilder();
    value
        .codePoints()
        .map(c -> isUnwelcome(c) ? ' ' : c)
        .limit(longest * 4L)
        .forEach(clean::appendCodePoint);
    String text = clean.toString().strip().replaceAll(" {2,}", " ");
    int points = text.codePointCount(0, text.length());
    String cut = text.substring(0, text.offsetByCodePoints(0, Math.min(longest, points))).strip();
    return cut.isEmpty() ? Optional.empty() : Optional.of(cut);
  }

  private static boolean isUnwelcome(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.FORMAT -> JOINERS.indexOf(codePoint) < 0;
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          true;
      default -> false;
    };
  }
}
