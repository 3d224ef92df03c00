package dev.in.runner.result;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The outcome of many inputs in one line. */
public final class Summary {
  private Summary() {}

  /** How many completed, and of the others how many by error code, the most frequent first. */
  public static String of(List<Row> rows) {
    Map<String, Long> codes =
        rows.stream()
            .filter(row -> !row.completed())
            .map(row -> row.error().map(error -> error.code()).orElse(row.status()))
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    long completed = rows.stream().filter(Row::completed).count();
    String total = completed + " of " + rows.size() + " completed";
    return codes.isEmpty() ? total : total + "; not completed: " + list(codes);
  }

  private static String list(Map<String, Long> codes) {
    return codes.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .map(code -> code.getKey() + " " + code.getValue())
        .collect(Collectors.joining(", "));
  }
}
