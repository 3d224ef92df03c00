package dev.in.analysis.text;

import java.util.ArrayList;
import java.util.List;

/** Decides between boxes of the same text that were found at different sizes. */
final class Overlaps {
  private static final double COVERED = 0.5;

  private Overlaps() {}

  /** Returns the boxes without those that the better ones cover, and the better ones. */
  static List<TextBox> replaced(List<TextBox> boxes, List<TextBox> better) {
    List<TextBox> kept = new ArrayList<>(notCovered(boxes, better));
    kept.addAll(better);
    return kept;
  }

  /** Returns the boxes of which less than half is covered by any one of the others. */
  static List<TextBox> notCovered(List<TextBox> boxes, List<TextBox> others) {
    return boxes.stream()
        .filter(box -> others.stream().noneMatch(other -> covers(other, box)))
        .toList();
  }

  /**
   * Whether a box is really several lines that ran together: closer up, long boxes lie in it one
   * above the other. Pieces of one large line lie side by side.
   */
  static boolean holdsStackedLines(TextBox box, List<TextBox> finer) {
    List<TextBox> inside =
        finer.stream()
            .filter(line -> covers(box, line) && line.width() > 2 * line.height())
            .toList();
    for (TextBox upper : inside) {
      for (TextBox lower : inside) {
        double gap = lower.centerY() - upper.centerY();
        double shared =
            Math.min(upper.right(), lower.right()) - Math.max(upper.left(), lower.left());
        if (gap > 0.6 * Math.min(upper.height(), lower.height())
            && shared > 0.5 * Math.min(upper.width(), lower.width())) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean covers(TextBox other, TextBox box) {
    double width = Math.min(box.right(), other.right()) - Math.max(box.left(), other.left());
    double height = Math.min(box.bottom(), other.bottom()) - Math.max(box.top(), other.top());
    double own = (box.right() - box.left()) * (box.bottom() - box.top());
    return width > 0 && height > 0 && width * height >= COVERED * own;
  }
}
