package dev.in.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.in.json.MalformedJsonException;
import dev.in.json.StrictJson;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * INEvents to and from UTF-8 JSON. Unknown fields are ignored, unknown types become {@link
 * Unrecognized}; whatever else is not as documented is a {@link MalformedEventException}.
 */
public final class EventCodec {
  private EventCodec() {}

  /** The same event gives the same bytes. */
  public static byte[] write(INEvent<?> event) {
    ObjectNode json = StrictJson.MAPPER.createObjectNode();
    json.put("eventId", event.eventId().toString());
    json.put("eventType", event.eventType());
    json.put("taskId", event.taskId());
    json.put("traceId", event.traceId());
    json.put("timestamp", event.timestamp().toEpochMilli());
    json.put("source", event.source());
    json.set("payload", writePayload(event.payload()));
    json.put("run", event.run());
    json.put("schemaVersion", event.schemaVersion());
    try {
      return StrictJson.MAPPER.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree can always be written", e);
    }
  }

  private static JsonNode writePayload(Payload payload) {
    return switch (payload) {
      case RecognizedPayload recognized -> StrictJson.MAPPER.valueToTree(recognized);
      case Unrecognized unrecognized -> unrecognized.json();
    };
  }

  public static INEvent<?> read(byte[] utf8) throws MalformedEventException {
    ObjectNode json = object(utf8);
    try {
      return new INEvent<>(
          uuid(text(json, "eventId")),
          text(json, "taskId"),
          text(json, "traceId"),
          Instant.ofEpochMilli(timestamp(json)),
          text(json, "source"),
          integer(json, "run", 1),
          integer(json, "schemaVersion", INEvent.SCHEMA_VERSION),
          readPayload(text(json, "eventType"), json.path("payload")));
    } catch (IllegalArgumentException e) {
      throw new MalformedEventException(e.getMessage());
    }
  }

  private static ObjectNode object(byte[] utf8) throws MalformedEventException {
    try {
      return StrictJson.object(utf8);
    } catch (MalformedJsonException e) {
      throw new MalformedEventException(e.getMessage());
    }
  }

  private static Payload readPayload(String eventType, JsonNode payload)
      throws MalformedEventException {
    if (!payload.isObject()) {
      throw new MalformedEventException("payload is not an object");
    }
    Optional<EventType> type = EventType.fromWire(eventType);
    if (type.isEmpty()) {
      return new Unrecognized(eventType, payload);
    }
    try {
      return StrictJson.record(payload, type.get().payloadType());
    } catch (MalformedJsonException e) {
      throw new MalformedEventException(
          "payload is not a valid " + type.get().wireName() + ": " + e.getMessage());
    }
  }

  private static String text(JsonNode json, String field) throws MalformedEventException {
    JsonNode value = json.path(field);
    if (!value.isTextual()) {
      throw new MalformedEventException(
          field + (value.isMissingNode() ? " is missing" : " is not a string"));
    }
    return value.textValue();
  }

  private static long timestamp(JsonNode json) throws MalformedEventException {
    JsonNode value = json.path("timestamp");
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new MalformedEventException("timestamp is not a whole number of milliseconds");
    }
    return value.longValue();
  }

  private static int integer(JsonNode json, String field, int ifMissing)
      throws MalformedEventException {
    JsonNode value = json.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return ifMissing;
    }
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw new MalformedEventException(field + " is not a whole number");
    }
    return value.intValue();
  }

  private static UUID uuid(String text) throws MalformedEventException {
    if (!Identifiers.UUID_TEXT.matcher(text).matches()) {
      throw new MalformedEventException("eventId is not a UUID");
    }
    return UUID.fromString(text);
  }
}
