package dev.in.analysis.text;

import dev.in.analysis.text.Recognition.Glyph;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a recognised line at its spaces and places each word. The recogniser marks a character
 * somewhere near its middle, so a word reaches half a character further on either side, and never
 * beyond the middle of the gap to the next.
 */
final class WordSplitter {
  private WordSplitter() {}

  static List<ReadLine.ReadWord> split(Recognition line, TextBox box) {
    List<List<Glyph>> words = groups(line.glyphs());
    boolean ideographic = line.glyphs().stream().anyMatch(WordSplitter::isIdeographic);
    double half = halfAdvance(line.glyphs());
    List<ReadLine.ReadWord> placed = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      List<Glyph> word = words.get(i);
      double first = middle(word.getFirst());
      double last = middle(word.getLast());
      double floor = i == 0 ? 0 : (middle(words.get(i - 1).getLast()) + first) / 2;
      double ceiling = i == words.size() - 1 ? 1 : (last + middle(words.get(i + 1).getFirst())) / 2;
      double start = Math.max(floor, first - half);
      double end = Math.min(ceiling, last + half);
      placed.add(
          new ReadLine.ReadWord(
              text(word, ideographic),
              word.stream().mapToDouble(Glyph::confidence).average().orElseThrow(),
              word.size(),
              box.part(start * box.width(), Math.max(start + 1e-6, end) * box.width())));
    }
    return placed;
  }

  private static List<List<Glyph>> groups(List<Glyph> glyphs) {
    List<List<Glyph>> groups = new ArrayList<>();
    List<Glyph> current = new ArrayList<>();
    for (Glyph glyph : glyphs) {
      if (!glyph.isSpace()) {
        current.add(glyph);
      } else if (!current.isEmpty()) {
        groups.add(current);
        current = new ArrayList<>();
      }
    }
    if (!current.isEmpty()) {
      groups.add(current);
    }
    return groups;
  }

  /** Returns half the usual distance between neighbours, as a share of the line. */
  private static double halfAdvance(List<Glyph> glyphs) {
    double[] steps = new double[Math.max(0, glyphs.size() - 1)];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = middle(glyphs.get(i + 1)) - middle(glyphs.get(i));
    }
    java.util.Arrays.sort(steps);
    return steps.length == 0 ? 0.5 : steps[steps.length / 2] / 2;
  }

  private static double middle(Glyph glyph) {
    return (glyph.start() + glyph.end()) / 2;
  }

  /** In a line without ideographs a full-width comma is a misread one. */
  private static String text(List<Glyph> word, boolean ideographic) {
    StringBuilder text = new StringBuilder();
    for (Glyph glyph : word) {
      char first = glyph.text().charAt(0);
      boolean fullWidth = first >= 0xFF01 && first <= 0xFF5E;
      text.append(fullWidth && !ideographic ? Character.toString(first - 0xFEE0) : glyph.text());
    }
    return text.toString();
  }

  private static boolean isIdeographic(Glyph glyph) {
    return Character.isIdeographic(glyph.text().codePointAt(0));
  }
}
