package dev.in.runner.edge;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * Why something did not complete.
 *
 * @param code one of the failure codes that the documentation lists
 * @param message for people
 * @param stage where it happened, if it did in a stage
 */
public record TaskError(String code, String message, Optional<String> stage) {
  /** The command's time was over before the task had ended, or was even submitted. */
  public static final String WAIT_TIMEOUT = "wait_timeout";

  public TaskError {
    requireNonNull(code, "code is null");
    requireNonNull(message, "message is null");
    requireNonNull(stage, "stage is null");
  }

  public static TaskError of(String code, String message) {
    return new TaskError(code, message, Optional.empty());
  }

  static TaskError read(JsonNode json) {
    return new TaskError(
        json.path("code").asText(),
        json.path("message").asText(),
        Optional.ofNullable(json.path("stage").textValue()));
  }

  /** {@code {code, message, stage?}}. */
  public ObjectNode json() {
    ObjectNode json =
        JsonNodeFactory.instance.objectNode().put("code", code).put("message", message);
    stage.ifPresent(name -> json.put("stage", name));
    return json;
  }
}
