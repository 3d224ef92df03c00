package dev.in.analysis.text;

import dev.in.analysis.model.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns the recogniser's columns into characters: of each column the likeliest, runs of one counted
 * once, blanks dropped (connectionist temporal classification, best path).
 */
final class CtcDecoder {
  private static final int BLANK = 0;

  /**
   * The network is shy of spaces: it often gives one less than a blank, yet hardly ever this much
   * where there is none.
   */
  private static final float SPACE = 0.05f;

  private final List<String> characters;
  private final int space;

  /**
   * @param characters those of class 1 and up, in order
   */
  CtcDecoder(List<String> characters) {
    this.characters = List.copyOf(characters);
    this.space = characters.indexOf(" ") + 1;
  }

  /**
   * @param output {@code [1, columns, classes]} probabilities
   * @param used how much of the columns shows the line, the rest being padding
   */
  Recognition decode(Tensor output, double used) {
    int columns = (int) output.shape()[1];
    int classes = (int) output.shape()[2];
    if (classes != characters.size() + 1) {
      throw new IllegalStateException(
          "%d classes for %d characters".formatted(classes, characters.size()));
    }
    Path path = new Path(1 / (columns * used));
    for (int column = 0; column < columns; column++) {
      int from = column * classes;
      int likeliest = likeliest(output.values(), from, classes);
      path.add(column, likeliest, output.values()[from + likeliest], output.values()[from + space]);
    }
    path.add(columns, BLANK, 1, 0);
    return new Recognition(path.glyphs);
  }

  /** The characters so far. */
  private final class Path {
    private final double perColumn;
    private final List<Recognition.Glyph> glyphs = new ArrayList<>();
    private int current = BLANK;
    private int start;
    private float best;
    private float bestSpace;

    Path(double perColumn) {
      this.perColumn = perColumn;
    }

    void add(int column, int likeliest, float probability, float spaceProbability) {
      if (likeliest == current) {
        best = Math.max(best, probability);
        if (current == BLANK) {
          bestSpace = Math.max(bestSpace, spaceProbability);
        }
        return;
      }
      if (current == BLANK) {
        addOverlookedSpace(column, likeliest);
      } else {
        write(current, best, start, column);
      }
      current = likeliest;
      start = column;
      best = probability;
      bestSpace = likeliest == BLANK ? spaceProbability : 0;
    }

    /** A blank that might well be a space is one, if characters are on both sides. */
    private void addOverlookedSpace(int column, int next) {
      boolean between = !glyphs.isEmpty() && !glyphs.getLast().isSpace() && next != space;
      if (between && bestSpace >= SPACE) {
        write(space, bestSpace, start, column);
      }
    }

    private void write(int character, float confidence, int from, int to) {
      glyphs.add(
          new Recognition.Glyph(
              characters.get(character - 1),
              confidence,
              Math.min(1, from * perColumn),
              Math.min(1, to * perColumn)));
    }
  }

  private static int likeliest(float[] values, int from, int count) {
    int best = 0;
    for (int i = 1; i < count; i++) {
      if (values[from + i] > values[from + best]) {
        best = i;
      }
    }
    return best;
  }
}
