package dev.in.runner.edge;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A task as the edge shows it.
 *
 * @param status {@code submitted}, {@code processing_in_gcp}, {@code completed} or {@code failed}
 * @param stage where the chain is, once it has said so
 * @param result an object, once there is one
 */
public record TaskView(
    String taskId,
    String status,
    Optional<String> stage,
    Optional<JsonNode> result,
    Optional<TaskError> error) {

  public TaskView {
    requireNonNull(taskId, "taskId is null");
    requireNonNull(status, "status is null");
    requireNonNull(stage, "stage is null");
    requireNonNull(result, "result is null");
    requireNonNull(error, "error is null");
  }

  static TaskView submitted(String taskId) {
    return new TaskView(taskId, "submitted", Optional.empty(), Optional.empty(), Optional.empty());
  }

  static TaskView read(JsonNode json) {
    return new TaskView(
        json.path("taskId").asText(),
        json.path("status").asText(),
        Optional.ofNullable(json.path("stage").textValue()),
        Optional.ofNullable(json.get("result")).filter(JsonNode::isObject),
        Optional.ofNullable(json.get("error")).filter(JsonNode::isObject).map(TaskError::read));
  }

  public boolean completed() {
    return status.equals("completed");
  }

  /** Whether it stays as it is, unless somebody has the task redriven. */
  public boolean terminal() {
    return completed() || status.equals("failed");
  }
}
