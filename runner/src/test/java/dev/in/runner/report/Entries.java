package dev.in.runner.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.in.runner.edge.TaskError;
import dev.in.runner.edge.TaskView;
import dev.in.runner.result.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Entries of a report, as runs make them. */
final class Entries {
  static final Instant BEGIN = Instant.parse("2026-05-04T03:02:01Z");

  private Entries() {}

  /** An image that went through the chain in 3.5 seconds. */
  static Entry completed(String name, String result, Original original) {
    TaskView end = view("completed", "ai", 3_500, Optional.of(json(result)), Optional.empty());
    return new Entry(
        Row.of(name, end),
        List.of(
            view("processing_in_gcp", "download", 1_000),
            view("processing_in_gcp", "metadata", 1_250),
            end),
        original);
  }

  /** An image that failed in its second stage. */
  static Entry failed(String name, String code, String message, Original original) {
    TaskError error = new TaskError(code, message, Optional.of("metadata"));
    TaskView end = view("failed", "metadata", 2_000, Optional.empty(), Optional.of(error));
    return new Entry(
        Row.of(name, end), List.of(view("processing_in_gcp", "download", 1_000), end), original);
  }

  static Entry notSubmitted(String name) {
    return new Entry(
        Row.notSubmitted(name, "input_missing", "There is no such file."),
        List.of(),
        Optional::empty);
  }

  static TaskView view(String status, String stage, long afterMs) {
    return view(status, stage, afterMs, Optional.empty(), Optional.empty());
  }

  private static TaskView view(
      String status,
      String stage,
      long afterMs,
      Optional<JsonNode> result,
      Optional<TaskError> error) {
    return new TaskView(
        "task-0123456789abcdef",
        status,
        Optional.of(stage),
        Optional.of(new TaskView.Times(BEGIN, BEGIN.plus(Duration.ofMillis(afterMs)))),
        result,
        error);
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
