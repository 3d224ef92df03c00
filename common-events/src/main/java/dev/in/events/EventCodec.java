package dev.in.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * INEvents to and from UTF-8 JSON. Unknown fields are ignored, unknown types become {@link
 * Unrecognized}; whatever else is not as documented is a {@link MalformedEventException}.
 */
public final class EventCodec {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .serializationInclusion(JsonInclude.Include.NON_ABSENT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  private EventCodec() {}

  /** The mapper that reads and writes payloads; the schemas are generated with its rules. */
  static ObjectMapper mapper() {
    return JSON;
  }

  /** The same event gives the same bytes. */
  public static byte[] write(INEvent<?> event) {
    ObjectNode json = JSON.createObjectNode();
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
      return JSON.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree can always be written", e);
    }
  }

  private static JsonNode writePayload(Payload payload) {
    return switch (payload) {
      case RecognizedPayload recognized -> JSON.valueToTree(recognized);
      case Unrecognized unrecognized -> unrecognized.json();
    };
  }

  public static INEvent<?> read(byte[] utf8) throws MalformedEventException {
    JsonNode json;
    try {
      json = JSON.readTree(utf8);
    } catch (JacksonException e) {
      throw new MalformedEventException("not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new MalformedEventException("not UTF-8 JSON", e);
    }
    if (!json.isObject()) {
      throw new MalformedEventException("not a JSON object");
    }
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
      throw new MalformedEventException(e.getMessage(), e);
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
      return JSON.treeToValue(payload, type.get().payloadType());
    } catch (JsonProcessingException e) {
      throw new MalformedEventException(
          "payload is no " + type.get().wireName() + ": " + e.getOriginalMessage(), e);
    }
  }

  private static String text(JsonNode json, String field) throws MalformedEventException {
    JsonNode value = json.path(field);
    if (!value.isTextual()) {
      throw new MalformedEventException(
          field + (value.isMissingNode() ? " is missing" : " is no string"));
    }
    return value.textValue();
  }

  private static long timestamp(JsonNode json) throws MalformedEventException {
    JsonNode value = json.path("timestamp");
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new MalformedEventException("timestamp is no whole number of milliseconds");
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
      throw new MalformedEventException(field + " is no whole number");
    }
    return value.intValue();
  }

  private static UUID uuid(String text) throws MalformedEventException {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new MalformedEventException("eventId is no UUID", e);
    }
  }
}
