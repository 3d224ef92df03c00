package dev.in.runner.report;

import static java.util.Objects.requireNonNull;

import dev.in.runner.result.Row;
import dev.in.runner.timeline.Timeline;

/**
 * One input in the report.
 *
 * @param row what became of it
 * @param timeline how it came to that; empty for what never became a task
 * @param original where its bytes are
 */
public record Entry(Row row, Timeline timeline, Original original) {

  public Entry {
    requireNonNull(row, "row is null");
    requireNonNull(timeline, "timeline is null");
    requireNonNull(original, "original is null");
  }
}
