package dev.in.runner.result;

import com.fasterxml.jackson.databind.JsonNode;
import dev.in.runner.input.CommonFolder;
import dev.in.runner.terminal.Columns;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Rows as a table for people: those that did not complete first, names without the folder that all
 * share, which is a line of its own. Where it would be too wide, errors move below their rows, the
 * checksum goes, names are shortened, and then the columns go that matter least; the report and
 * {@code --json} have everything.
 */
public final class Table {
  private static final List<String> TITLES =
      List.of("INPUT", "STATUS", "TYPE", "PIXELS", "SIZE", "SHA-256", "TIME", "ERROR");

  private static final int INPUT = 0;
  private static final int ERROR = TITLES.indexOf("ERROR");
  private static final List<Integer> DISPENSABLE =
      Stream.of("SHA-256", "TYPE", "PIXELS", "SIZE", "TIME").map(TITLES::indexOf).toList();

  private static final int SHOWN_HASH_CHARACTERS = 12;
  private static final int MIN_NAME = 24;
  private static final String GAP = "  ";

  private Table() {}

  /**
   * The lines of the table; columns without any content are left out.
   *
   * @param width how many columns of a terminal each line may take; empty for any number
   */
  public static List<String> lines(List<Row> rows, Optional<Integer> width) {
    CommonFolder folder = CommonFolder.of(rows.stream().map(Row::input).toList());
    List<List<String>> cells =
        new ArrayList<>(
            Stream.concat(
                    Stream.of(TITLES),
                    rows.stream()
                        .sorted(Comparator.comparing(Row::completed))
                        .map(row -> cells(row, folder)))
                .toList());
    List<Integer> columns =
        new ArrayList<>(
            IntStream.range(0, TITLES.size())
                .filter(
                    column -> rows.isEmpty() || width(cells.subList(1, cells.size()), column) > 0)
                .boxed()
                .toList());
    boolean fits = width.isEmpty() || width(cells, columns) <= width.get();
    if (!fits) {
      columns.remove((Integer) ERROR);
      fit(cells, columns, width.get());
    }
    List<String> lines = new ArrayList<>(title(folder, width));
    for (List<String> line : cells) {
      lines.add(
          columns.stream()
              .map(column -> Columns.padded(line.get(column), width(cells, column)))
              .collect(Collectors.joining(GAP))
              .stripTrailing());
      if (!fits && line != cells.getFirst() && !line.get(ERROR).isEmpty()) {
        Columns.wrapped(line.get(ERROR), Math.max(1, width.get() - GAP.length()))
            .forEach(part -> lines.add(GAP + part));
      }
    }
    return lines;
  }

  private static List<String> title(CommonFolder folder, Optional<Integer> width) {
    String title = Columns.printable("In " + folder.path());
    return folder.path().isEmpty()
        ? List.of()
        : List.of(width.map(columns -> Columns.shortened(title, columns)).orElse(title), "");
  }

  private static void fit(List<List<String>> cells, List<Integer> columns, int width) {
    columns.remove(DISPENSABLE.getFirst());
    int tooWide = Math.max(0, width(cells, columns) - width);
    shortenNames(cells, Math.max(MIN_NAME, width(cells, INPUT) - tooWide));
    for (Integer column : DISPENSABLE) {
      if (width(cells, columns) > width) {
        columns.remove(column);
      }
    }
    int stillTooWide = Math.max(0, width(cells, columns) - width);
    shortenNames(cells, Math.max(1, width(cells, INPUT) - stillTooWide));
  }

  private static void shortenNames(List<List<String>> cells, int room) {
    for (int line = 1; line < cells.size(); line++) {
      List<String> shortened = new ArrayList<>(cells.get(line));
      shortened.set(INPUT, Columns.shortened(shortened.get(INPUT), room));
      cells.set(line, shortened);
    }
  }

  private static List<String> cells(Row row, CommonFolder folder) {
    return Stream.of(
            folder.relative(row.input()),
            row.status(),
            row.field("contentType").map(JsonNode::asText).orElse(""),
            pixels(row).orElse(""),
            row.field("sizeBytes").map(size -> size(size.asLong())).orElse(""),
            row.field("sha256").map(hash -> shortened(hash.asText())).orElse(""),
            row.field("durationMs").map(time -> seconds(time.asLong())).orElse(""),
            row.error().map(error -> error.code() + ": " + error.message()).orElse(""))
        .map(Columns::printable)
        .toList();
  }

  private static Optional<String> pixels(Row row) {
    return row.field("width")
        .flatMap(
            width -> row.field("height").map(height -> width.asText() + "×" + height.asText()));
  }

  private static String shortened(String hash) {
    return hash.substring(0, Math.min(hash.length(), SHOWN_HASH_CHARACTERS));
  }

  private static String size(long bytes) {
    if (bytes < 1000) {
      return bytes + " B";
    }
    return bytes < 1_000_000
        ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
        : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }

  private static String seconds(long milliseconds) {
    return String.format(Locale.ROOT, "%.2f s", milliseconds / 1e3);
  }

  private static int width(List<List<String>> lines, int column) {
    return lines.stream().mapToInt(line -> Columns.of(line.get(column))).max().orElse(0);
  }

  private static int width(List<List<String>> lines, List<Integer> columns) {
    return columns.stream().mapToInt(column -> width(lines, column)).sum()
        + (columns.size() - 1) * GAP.length();
  }
}
