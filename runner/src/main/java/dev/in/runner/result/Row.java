package dev.in.runner.result;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.in.runner.edge.TaskError;
import dev.in.runner.edge.TaskView;
import java.util.List;
import java.util.Optional;

/**
 * What became of one input.
 *
 * @param input as the user named it
 * @param taskId empty when it never became a task
 * @param status {@code completed}, {@code failed}, or the last one known when time ran out
 * @param result the edge's result, an object; empty when there is none
 */
public record Row(
    String input,
    Optional<String> taskId,
    String status,
    Optional<JsonNode> result,
    Optional<TaskError> error) {
  private static final String COMPLETED = "completed";
  private static final String FAILED = "failed";

  /** The fields of the edge's result that docs/contract.md promises, in its order. */
  private static final List<String> RESULT_FIELDS =
      List.of(
          "contentType",
          "width",
          "height",
          "sizeBytes",
          "sha256",
          "metadata",
          "analysis",
          "durationMs");

  public Row {
    requireNonNull(input, "input is null");
    requireNonNull(taskId, "taskId is null");
    requireNonNull(status, "status is null");
    requireNonNull(result, "result is null");
    requireNonNull(error, "error is null");
  }

  /** The row of an input that could not be submitted. */
  public static Row notSubmitted(String input, String code, String message) {
    return new Row(
        input,
        Optional.empty(),
        FAILED,
        Optional.empty(),
        Optional.of(TaskError.of(code, message)));
  }

  /** The row of a task that has come to its end. */
  public static Row of(String input, TaskView view) {
    return new Row(input, Optional.of(view.taskId()), view.status(), view.result(), view.error());
  }

  /** The row of a task that continues without us: its last known state, and why. */
  public static Row unfinished(String input, TaskView last, TaskError error) {
    return new Row(
        input, Optional.of(last.taskId()), last.status(), last.result(), Optional.of(error));
  }

  public boolean completed() {
    return status.equals(COMPLETED) && error.isEmpty();
  }

  /** One of the result's fields, if present. */
  public Optional<JsonNode> field(String name) {
    return result.map(object -> object.get(name)).filter(value -> !value.isNull());
  }

  /** The row as {@code --json} prints it; absent fields are left out. */
  public ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("input", input);
    taskId.ifPresent(id -> json.put("taskId", id));
    json.put("status", status);
    RESULT_FIELDS.forEach(name -> field(name).ifPresent(value -> json.set(name, value)));
    error.ifPresent(value -> json.set("error", value.json()));
    return json;
  }
}
