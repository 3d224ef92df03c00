package dev.in.runner.replay;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * One event of the history, as {@code log-enhancer} gives it out.
 *
 * @param position where it stands in the history; positions have the order of their texts
 * @param body the message's, byte for byte
 * @param attributes the message's, as a JSON object
 */
record ReplayedEvent(
    String position, String eventId, String eventType, String body, JsonNode attributes) {
  ReplayedEvent {
    requireNonNull(position, "position is null");
    requireNonNull(eventId, "eventId is null");
    requireNonNull(eventType, "eventType is null");
    requireNonNull(body, "body is null");
    requireNonNull(attributes, "attributes is null");
  }

  static ReplayedEvent read(JsonNode json) {
    return new ReplayedEvent(
        json.path("position").asText(),
        json.path("eventId").asText(),
        json.path("eventType").asText(),
        json.path("body").asText(),
        json.path("attributes"));
  }

  /**
   * As Pub/Sub would push it; without a time of publication, which is for the metrics of live ones.
   */
  String push(String subscription) {
    ObjectNode push = JsonNodeFactory.instance.objectNode();
    ObjectNode message = push.putObject("message");
    message.put("data", Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8)));
    message.set("attributes", attributes);
    message.put("messageId", "replay-" + eventId);
    // Functions look at the last part only.
    push.put("subscription", "projects/-/subscriptions/" + subscription);
    return push.toString();
  }
}
