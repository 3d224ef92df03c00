package dev.in.runner.status;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A status as tables, for people. */
public final class StatusTable {
  private StatusTable() {}

  /** The lines; the problems are the last ones, where the eye is. */
  public static List<String> lines(SystemStatus status, List<String> problems, Path mail) {
    List<String> lines = new ArrayList<>();
    lines.addAll(components(status));
    lines.add("");
    lines.addAll(subscriptions(status));
    lines.add("");
    lines.add("switches: " + switches(status));
    status.budgets().forEach(budget -> lines.add("budget: " + budget.shown()));
    lines.add("mail: " + mail);
    lines.add("");
    if (problems.isEmpty()) {
      lines.add("No problems.");
    } else {
      problems.forEach(problem -> lines.add("! " + problem));
    }
    return lines;
  }

  private static List<String> components(SystemStatus status) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("COMPONENT", "HEALTH", "FAILED TASKS", "NACKED DELIVERIES"));
    rows.add(List.of("edge", status.edge().shown(), "", ""));
    for (FunctionStatus function : status.functions()) {
      rows.add(
          List.of(
              function.name(),
              function.health().shown(),
              counts(function.failures()),
              counts(function.nacks())));
    }
    return table(rows);
  }

  private static List<String> subscriptions(SystemStatus status) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "SUBSCRIPTION", "WAITING", "OLDEST", "NOW", "DELIVERED", "NACKED", "DEAD-LETTERED"));
    for (SubscriptionStatus one : status.subscriptions()) {
      rows.add(
          List.of(
              one.name(),
              Long.toString(one.backlog()),
              one.oldest().map(StatusTable::seconds).orElse(""),
              String.format(Locale.ROOT, "%.1f/s", one.perSecond()),
              Long.toString(one.deliveries()),
              Long.toString(one.nacks()),
              Long.toString(one.deadLettered())));
    }
    return table(rows);
  }

  private static String switches(SystemStatus status) {
    return status.switches().entrySet().stream()
        .map(one -> one.getKey() + (one.getValue() ? " on" : " OFF"))
        .collect(Collectors.joining(", "));
  }

  private static String counts(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .map(one -> one.getKey() + " " + one.getValue())
        .collect(Collectors.joining(", "));
  }

  private static String seconds(Duration age) {
    return String.format(Locale.ROOT, "%.1f s", age.toMillis() / 1e3);
  }

  private static List<String> table(List<List<String>> rows) {
    return rows.stream()
        .map(
            row ->
                IntStream.range(0, row.size())
                    .mapToObj(column -> padded(row.get(column), width(rows, column)))
                    .collect(Collectors.joining("  "))
                    .stripTrailing())
        .toList();
  }

  private static int width(List<List<String>> rows, int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - text.length());
  }
}
