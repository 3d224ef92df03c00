package dev.in.analysis.text;

import java.util.ArrayList;
import java.util.List;

/**
 * A line with what was read in it.
 *
 * @param box in upright working pixels
 * @param words in reading order, at least one
 */
record ReadLine(TextBox box, List<ReadWord> words) {
  /**
   * A word.
   *
   * @param box its part of the line's
   * @param letters how many characters it has, which weighs its confidence
   */
  record ReadWord(String text, double confidence, int letters, TextBox box) {}

  ReadLine {
    words = List.copyOf(words);
  }

  double confidence() {
    double sum = 0;
    int letters = 0;
    for (ReadWord word : words) {
      sum += word.confidence() * word.letters();
      letters += word.letters();
    }
    return sum / letters;
  }

  String text() {
    return String.join(" ", words.stream().map(ReadWord::text).toList());
  }

  /** Returns this line and, on the same row, the next. */
  ReadLine followedBy(ReadLine next) {
    List<ReadWord> all = new ArrayList<>(words);
    all.addAll(next.words);
    double left = Math.min(box.left(), next.box.left());
    double right = Math.max(box.right(), next.box.right());
    double top = Math.min(box.top(), next.box.top());
    double bottom = Math.max(box.bottom(), next.box.bottom());
    TextBox both =
        new TextBox(
            (left + right) / 2,
            (top + bottom) / 2,
            right - left,
            bottom - top,
            0,
            Math.min(box.score(), next.box.score()));
    return new ReadLine(both, all);
  }
}
