package dev.in.runner.result;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Rows as a table for people. */
public final class Table {
  private static final List<String> TITLES =
      List.of("INPUT", "STATUS", "TYPE", "PIXELS", "SIZE", "SHA-256", "TIME", "ERROR");

  private static final int SHOWN_HASH_CHARACTERS = 12;

  private Table() {}

  /** The lines of the table; columns without any content are left out. */
  public static List<String> lines(List<Row> rows) {
    List<List<String>> cells =
        Stream.concat(Stream.of(TITLES), rows.stream().map(Table::cells)).toList();
    List<Integer> columns =
        IntStream.range(0, TITLES.size())
            .filter(column -> rows.isEmpty() || width(cells.subList(1, cells.size()), column) > 0)
            .boxed()
            .toList();
    List<String> lines = new ArrayList<>();
    for (List<String> line : cells) {
      lines.add(
          columns.stream()
              .map(column -> pad(line.get(column), width(cells, column)))
              .collect(Collectors.joining("  "))
              .stripTrailing());
    }
    return lines;
  }

  private static List<String> cells(Row row) {
    return Stream.of(
            row.input(),
            row.status(),
            row.field("contentType").map(JsonNode::asText).orElse(""),
            pixels(row).orElse(""),
            row.field("sizeBytes").map(size -> size(size.asLong())).orElse(""),
            row.field("sha256").map(hash -> shortened(hash.asText())).orElse(""),
            row.field("durationMs").map(time -> seconds(time.asLong())).orElse(""),
            row.error().map(error -> error.code() + ": " + error.message()).orElse(""))
        .map(Table::printable)
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

  /** A file's name may hold anything; a control character would command the terminal. */
  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }

  private static int width(List<List<String>> lines, int column) {
    return lines.stream().mapToInt(line -> length(line.get(column))).max().orElse(0);
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(width - length(text));
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
