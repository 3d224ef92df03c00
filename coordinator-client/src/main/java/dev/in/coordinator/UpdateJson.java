package dev.in.coordinator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;

/** Updates to JSON, and the coordinator's refusals from it. */
final class UpdateJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private UpdateJson() {}

  static byte[] write(StatusUpdate update) {
    ObjectNode json = JSON.createObjectNode();
    json.put("eventId", update.eventId().toString());
    json.put("run", update.task().run());
    json.put("status", update.status().wireName());
    update.stage().ifPresent(stage -> json.put("stage", stage));
    json.put("timestamp", update.timestamp().toEpochMilli());
    json.put("traceId", update.task().traceId());
    update.result().ifPresent(result -> json.set("result", result));
    update.error().ifPresent(error -> json.set("error", write(error)));
    return write(json);
  }

  private static ObjectNode write(TaskError error) {
    ObjectNode json = JSON.createObjectNode();
    json.put("code", error.code().value());
    json.put("message", error.message());
    error.stage().ifPresent(stage -> json.put("stage", stage));
    return json;
  }

  static byte[] write(ObjectNode json) {
    try {
      return JSON.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree can always be written", e);
    }
  }

  /** The {@code detail} of a problem (RFC 9457, section 3.1.4), if these bytes are one. */
  static Optional<String> problemDetail(byte[] body) {
    return problemText(body, "detail");
  }

  /** The edge's own {@code code} of a problem, if these bytes are one. */
  static Optional<String> problemCode(byte[] body) {
    return problemText(body, "code");
  }

  private static Optional<String> problemText(byte[] body, String field) {
    try {
      return Optional.ofNullable(JSON.readTree(body).path(field).textValue());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
