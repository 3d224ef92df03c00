package dev.in.runner.report;

import static java.util.Objects.requireNonNull;

import dev.in.runner.edge.TaskView;
import dev.in.runner.result.Row;
import java.util.List;

/**
 * One input in the report.
 *
 * @param row what became of it
 * @param history all that the edge has reported of its task, oldest first
 * @param original its bytes
 */
public record Entry(Row row, List<TaskView> history, Original original) {

  public Entry {
    requireNonNull(row, "row is null");
    history = List.copyOf(history);
    requireNonNull(original, "original is null");
  }
}
