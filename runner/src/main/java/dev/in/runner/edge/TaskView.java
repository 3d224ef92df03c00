package dev.in.runner.edge;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * A task as the edge shows it.
 *
 * @param status {@code submitted}, {@code processing_in_gcp}, {@code completed} or {@code failed}
 * @param stage while it goes on the last stage that ended, of a failure the one that failed; empty
 *     while nothing is known of any
 * @param times by the edge's clock; empty of what this program itself has just submitted
 * @param result an object, once there is one
 */
public record TaskView(
    String taskId,
    String status,
    Optional<String> stage,
    Optional<Times> times,
    Optional<JsonNode> result,
    Optional<TaskError> error) {

  public TaskView {
    requireNonNull(taskId, "taskId is null");
    requireNonNull(status, "status is null");
    requireNonNull(stage, "stage is null");
    requireNonNull(times, "times is null");
    requireNonNull(result, "result is null");
    requireNonNull(error, "error is null");
  }

  static TaskView submitted(String taskId) {
    return new TaskView(
        taskId,
        "submitted",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The same task once that stage has ended. */
  public TaskView atStage(String ended, Instant at) {
    return new TaskView(
        taskId,
        "processing_in_gcp",
        Optional.of(ended),
        times.map(known -> new Times(known.createdAt(), at)),
        result,
        error);
  }

  static TaskView read(JsonNode json) {
    return new TaskView(
        json.path("taskId").asText(),
        json.path("status").asText(),
        Optional.ofNullable(json.path("stage").textValue()),
        Times.read(json),
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

  /**
   * @param updatedAt when the task last changed
   */
  public record Times(Instant createdAt, Instant updatedAt) {

    public Times {
      requireNonNull(createdAt, "createdAt is null");
      requireNonNull(updatedAt, "updatedAt is null");
    }

    /** Missing or unreadable times are not an error. */
    private static Optional<Times> read(JsonNode json) {
      try {
        return Optional.of(
            new Times(
                Instant.parse(json.path("createdAt").asText()),
                Instant.parse(json.path("updatedAt").asText())));
      } catch (DateTimeParseException e) {
        return Optional.empty();
      }
    }
  }
}
