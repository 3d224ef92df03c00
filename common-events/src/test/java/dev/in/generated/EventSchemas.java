package dev.in.generated;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.in.events.EventType;
import dev.in.events.INEvent;
import dev.in.events.Identifiers;
import dev.in.json.StrictJson;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One schema of each payload, and the envelope's, which chooses the payload's by event type;
 * unknown event types are valid.
 */
final class EventSchemas {
  private EventSchemas() {}

  /** By file name. */
  static Map<String, ObjectNode> all() {
    Map<String, ObjectNode> schemas = new LinkedHashMap<>();
    schemas.put("in-event.schema.json", envelope());
    payloads().forEach((type, schema) -> schemas.put(fileOf(type), schema));
    return schemas;
  }

  static Map<EventType, ObjectNode> payloads() {
    Map<EventType, ObjectNode> schemas = new EnumMap<>(EventType.class);
    RecordSchemas records = RecordSchemas.inline();
    for (EventType type : EventType.values()) {
      schemas.put(type, records.of(type.payloadType(), fileOf(type)));
    }
    return schemas;
  }

  private static String fileOf(EventType type) {
    return type.wireName() + ".schema.json";
  }

  private static ObjectNode envelope() {
    ObjectNode schema = RecordSchemas.head("in-event.schema.json", "INEvent");
    schema.setAll(envelopeAlone());
    ArrayNode choices = schema.putArray("allOf");
    for (EventType type : EventType.values()) {
      choices.add(payloadChoice(type));
    }
    return schema;
  }

  /** With any payload. */
  static ObjectNode envelopeAlone() {
    ObjectNode schema = StrictJson.MAPPER.createObjectNode().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    properties
        .putObject("eventId")
        .put("type", "string")
        .put("format", "uuid")
        .put("pattern", RecordSchemas.anchored(Identifiers.UUID_TEXT));
    properties.putObject("eventType").put("type", "string");
    properties
        .putObject("taskId")
        .put("type", "string")
        .put("pattern", RecordSchemas.anchored(Identifiers.TASK_ID));
    properties
        .putObject("traceId")
        .put("type", "string")
        .put("pattern", RecordSchemas.anchored(Identifiers.TRACE_ID));
    properties
        .putObject("timestamp")
        .put("type", "integer")
        .put("description", "Unix time in milliseconds");
    properties.putObject("source").put("type", "string");
    properties.putObject("payload").put("type", "object");
    properties.putObject("run").put("type", "integer").put("minimum", 1).put("default", 1);
    properties
        .putObject("schemaVersion")
        .put("type", "integer")
        .put("default", INEvent.SCHEMA_VERSION);
    ArrayNode required = schema.putArray("required");
    Stream.of("eventId", "eventType", "taskId", "traceId", "timestamp", "source", "payload")
        .forEach(required::add);
    return schema;
  }

  private static ObjectNode payloadChoice(EventType type) {
    ObjectNode choice = StrictJson.MAPPER.createObjectNode();
    ArrayNode names =
        choice.putObject("if").putObject("properties").putObject("eventType").putArray("enum");
    names.add(type.wireName());
    type.legacyNames().forEach(names::add);
    choice.putObject("then").putObject("properties").putObject("payload").put("$ref", fileOf(type));
    return choice;
  }
}
