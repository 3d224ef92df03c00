package dev.in.analysis.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Puts lines in the order in which they are read: row by row, and where running text stands in
 * columns, column by column. A table's cells are short, so a table is read row by row.
 */
final class ReadingOrder {
  /** Lines on one row closer than this times their height are one line that was found in parts. */
  private static final double SAME_LINE_GAP = 1.0;

  private static final int COLUMN_ROWS = 3;
  private static final double PROSE_ASPECT = 8;
  private static final double GUTTER = 0.8;

  private ReadingOrder() {}

  static List<ReadLine> sorted(List<ReadLine> lines) {
    return flattened(rows(lines));
  }

  private static List<ReadLine> flattened(List<List<ReadLine>> rows) {
    return columns(rows)
        .map(
            found -> {
              List<ReadLine> all = new ArrayList<>(flattened(rows.subList(0, found.from)));
              all.addAll(sorted(found.left));
              all.addAll(sorted(found.right));
              all.addAll(flattened(rows.subList(found.to, rows.size())));
              return all;
            })
        .orElseGet(() -> joined(rows));
  }

  private static List<List<ReadLine>> rows(List<ReadLine> lines) {
    List<ReadLine> byHeight = new ArrayList<>(lines);
    byHeight.sort(Comparator.comparingDouble(line -> line.box().centerY()));
    List<List<ReadLine>> rows = new ArrayList<>();
    for (ReadLine line : byHeight) {
      if (!rows.isEmpty() && sameRow(rows.getLast().getLast(), line)) {
        rows.getLast().add(line);
      } else {
        rows.add(new ArrayList<>(List.of(line)));
      }
    }
    rows.forEach(row -> row.sort(Comparator.comparingDouble(line -> line.box().left())));
    return rows;
  }

  private static boolean sameRow(ReadLine a, ReadLine b) {
    double shared =
        Math.min(a.box().bottom(), b.box().bottom()) - Math.max(a.box().top(), b.box().top());
    double lower = Math.min(a.box().bottom() - a.box().top(), b.box().bottom() - b.box().top());
    return shared > 0.5 * lower;
  }

  private static List<ReadLine> joined(List<List<ReadLine>> rows) {
    List<ReadLine> lines = new ArrayList<>();
    for (List<ReadLine> row : rows) {
      ReadLine open = row.getFirst();
      for (ReadLine next : row.subList(1, row.size())) {
        double gap = next.box().left() - open.box().right();
        if (gap < SAME_LINE_GAP * Math.min(open.box().height(), next.box().height())
            && isLevel(open)
            && isLevel(next)) {
          open = open.followedBy(next);
        } else {
          lines.add(open);
          open = next;
        }
      }
      lines.add(open);
    }
    return lines;
  }

  private static boolean isLevel(ReadLine line) {
    return line.box().angle() == 0;
  }

  /** Rows that stand in two columns; either may hold columns again. */
  private record Columns(int from, int to, List<ReadLine> left, List<ReadLine> right) {}

  /** Finds the longest run of rows with a gutter through all of them. */
  private static Optional<Columns> columns(List<List<ReadLine>> rows) {
    Optional<Columns> best = Optional.empty();
    for (int from = 0; from < rows.size(); from++) {
      for (int to = rows.size(); to - from >= COLUMN_ROWS; to--) {
        if (best.isPresent() && best.get().to - best.get().from >= to - from) {
          break;
        }
        Optional<Columns> found = split(rows, from, to);
        if (found.isPresent()) {
          best = found;
        }
      }
    }
    return best;
  }

  private static Optional<Columns> split(List<List<ReadLine>> rows, int from, int to) {
    List<ReadLine> lines = new ArrayList<>();
    rows.subList(from, to).forEach(lines::addAll);
    if (lines.size() < 2 * COLUMN_ROWS) {
      return Optional.empty();
    }
    lines.sort(Comparator.comparingDouble(line -> line.box().left()));
    double covered = lines.getFirst().box().right();
    for (int i = 1; i < lines.size(); i++) {
      TextBox box = lines.get(i).box();
      List<ReadLine> left = lines.subList(0, i);
      List<ReadLine> right = lines.subList(i, lines.size());
      if (box.left() - covered > GUTTER * box.height() && isProse(left) && isProse(right)) {
        return Optional.of(new Columns(from, to, List.copyOf(left), List.copyOf(right)));
      }
      covered = Math.max(covered, box.right());
    }
    return Optional.empty();
  }

  private static boolean isProse(List<ReadLine> lines) {
    long running =
        lines.stream()
            .filter(line -> line.box().width() > PROSE_ASPECT * line.box().height())
            .count();
    return lines.size() >= COLUMN_ROWS && running * 2 > lines.size();
  }
}
