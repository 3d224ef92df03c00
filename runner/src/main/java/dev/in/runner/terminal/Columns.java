package dev.in.runner.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Text by the columns that it takes on a terminal: two for what East Asian scripts and emoji have
 * (Unicode's UAX #11), none for marks that stand on another letter. What a reader takes for one
 * letter is never taken apart.
 */
public final class Columns {
  private static final String ELLIPSIS = "…";

  /** Extended grapheme clusters (UAX #29), as Java's regular expressions find them. */
  private static final Pattern LETTER = Pattern.compile("\\X");

  /** First and last code point of blocks that are wide as a whole, or nearly so. */
  private static final int[][] WIDE = {
    {0x1100, 0x115F}, {0x231A, 0x231B}, {0x23E9, 0x23EC}, {0x2614, 0x2615}, {0x2648, 0x2653},
    {0x26AA, 0x26AB}, {0x26BD, 0x26BE}, {0x2705, 0x2705}, {0x2728, 0x2728}, {0x274C, 0x274C},
    {0x2753, 0x2755}, {0x2795, 0x2797}, {0x2B50, 0x2B50}, {0x2E80, 0x303E}, {0x3041, 0x33FF},
    {0x3400, 0x4DBF}, {0x4E00, 0xA4CF}, {0xA960, 0xA97F}, {0xAC00, 0xD7A3}, {0xF900, 0xFAFF},
    {0xFE10, 0xFE19}, {0xFE30, 0xFE6F}, {0xFF00, 0xFF60}, {0xFFE0, 0xFFE6}, {0x1F300, 0x1F64F},
    {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF}, {0x1FA70, 0x1FAFF}, {0x20000, 0x3FFFD}
  };

  private Columns() {}

  /** How many it takes. */
  public static int of(String text) {
    return letters(text).stream().mapToInt(Columns::ofLetter).sum();
  }

  /** With spaces behind it, to take at least so many. */
  public static String padded(String text, int columns) {
    return text + " ".repeat(Math.max(0, columns - of(text)));
  }

  /** With its middle left out where it would take more. */
  public static String shortened(String text, int columns) {
    if (of(text) <= columns) {
      return text;
    }
    int room = Math.max(0, columns - 1);
    List<String> letters = letters(text);
    String tail = fitting(letters.reversed(), room / 2, true);
    String head = fitting(letters, room - of(tail), false);
    return columns < 1 ? "" : head + ELLIPSIS + tail;
  }

  /** In lines of at most so many, broken between words where that is possible. */
  public static List<String> wrapped(String text, int columns) {
    List<String> lines = new ArrayList<>();
    String line = "";
    for (String word : text.strip().split("\\s+")) {
      String longer = line.isEmpty() ? word : line + " " + word;
      if (of(longer) > columns && !line.isEmpty()) {
        lines.add(line);
        longer = word;
      }
      while (of(longer) > columns) {
        String head = fitting(letters(longer), Math.max(2, columns), false);
        lines.add(head);
        longer = longer.substring(head.length());
      }
      line = longer;
    }
    lines.add(line);
    return lines;
  }

  /** A file's name may hold anything; a control character would command the terminal. */
  public static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }

  private static String fitting(List<String> letters, int columns, boolean backwards) {
    StringBuilder result = new StringBuilder();
    int left = columns;
    for (String letter : letters) {
      left -= ofLetter(letter);
      if (left < 0) {
        break;
      }
      result.insert(backwards ? 0 : result.length(), letter);
    }
    return result.toString();
  }

  private static List<String> letters(String text) {
    return LETTER.matcher(text).results().map(MatchResult::group).toList();
  }

  private static int ofLetter(String letter) {
    return letter.codePoints().map(Columns::ofCodePoint).max().orElse(0);
  }

  private static int ofCodePoint(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
      default -> isWide(codePoint) ? 2 : 1;
    };
  }

  private static boolean isWide(int codePoint) {
    for (int[] block : WIDE) {
      if (codePoint >= block[0] && codePoint <= block[1]) {
        return true;
      }
    }
    return false;
  }
}
