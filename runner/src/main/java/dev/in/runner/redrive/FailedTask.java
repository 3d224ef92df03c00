package dev.in.runner.redrive;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * A task that has failed, as recovery shows it.
 *
 * @param stage that failed, with which a redrive begins
 */
public record FailedTask(String taskId, String stage, String code, Instant failedAt) {

  static FailedTask read(JsonNode json) {
    return new FailedTask(
        json.path("taskId").asText(),
        json.path("stage").asText(),
        json.path("code").asText(),
        Instant.parse(json.path("failedAt").asText()));
  }
}
