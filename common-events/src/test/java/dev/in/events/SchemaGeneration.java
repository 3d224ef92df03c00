package dev.in.events;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * JSON Schemas (draft 2020-12) from the records: one of each payload, and the envelope's, which
 * chooses the payload's by event type. They say what {@link EventCodec} accepts, so unknown fields
 * and unknown event types are valid; only that it reads a null as an absent field they do not say,
 * since nobody is to write one.
 */
final class SchemaGeneration {
  private static final String DIALECT = SchemaVersion.DRAFT_2020_12.getIdentifier();

  private SchemaGeneration() {}

  /** All schemas by file name. */
  static Map<String, ObjectNode> all() {
    Map<String, ObjectNode> schemas = new LinkedHashMap<>();
    schemas.put("in-event.schema.json", envelope());
    SchemaGenerator generator = generator();
    for (EventType type : EventType.values()) {
      schemas.put(fileOf(type), payload(generator, type));
    }
    return schemas;
  }

  private static String fileOf(EventType type) {
    return type.wireName() + ".schema.json";
  }

  private static ObjectNode payload(SchemaGenerator generator, EventType type) {
    ObjectNode generated = generator.generateSchema(type.payloadType());
    ObjectNode schema = head(fileOf(type), type.payloadType().getSimpleName());
    generated.remove("$schema");
    schema.setAll(generated);
    return schema;
  }

  private static ObjectNode head(String file, String title) {
    return StrictJson.MAPPER
        .createObjectNode()
        .put("$schema", DIALECT)
        .put("$id", file)
        .put("title", title);
  }

  private static SchemaGenerator generator() {
    SchemaGeneratorConfigBuilder config =
        new SchemaGeneratorConfigBuilder(
                StrictJson.MAPPER, SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
            .with(Option.INLINE_ALL_SCHEMAS)
            .without(Option.FLATTENED_OPTIONALS);
    config
        .forTypesInGeneral()
        .withPropertySorter((left, right) -> 0)
        .withCustomDefinitionProvider((type, context) -> word(type.getErasedType(), context))
        .withCustomDefinitionProvider((type, context) -> input(type.getErasedType(), context));
    config
        .forFields()
        .withRequiredCheck(SchemaGeneration::isRequired)
        .withTargetTypeOverridesResolver(SchemaGeneration::content)
        .withStringPatternResolver(field -> pattern(field).orElse(null))
        .withNumberInclusiveMinimumResolver(
            field -> field.getName().equals("generation") ? BigDecimal.ONE : null);
    return new SchemaGenerator(config.build());
  }

  /** The reader takes a missing list for an empty one or its default, and Optional for empty. */
  private static boolean isRequired(FieldScope field) {
    Class<?> type = field.getType().getErasedType();
    return !(type == Optional.class || type == List.class);
  }

  /** What an Optional holds, where the field is one. */
  private static List<ResolvedType> content(FieldScope field) {
    return field.getType().getErasedType() == Optional.class
        ? field.getType().getTypeParameters()
        : null;
  }

  private static Optional<String> pattern(FieldScope field) {
    return switch (field.getName()) {
      case "sha256" -> Optional.of(anchored(Identifiers.SHA256));
      case "uploadId" -> Optional.of(anchored(Identifiers.ID));
      default -> Optional.empty();
    };
  }

  private static String anchored(Pattern pattern) {
    return "^" + pattern + "$";
  }

  /** Open sets are strings: a reader must expect words it does not know. */
  private static CustomDefinition word(Class<?> type, SchemaGenerationContext context) {
    if (type != Feature.class && type != FailureCode.class) {
      return null;
    }
    ObjectNode string = context.getGeneratorConfig().createObjectNode();
    string.put("type", "string");
    ArrayNode known = string.putArray("examples");
    (type == Feature.class ? features() : failureCodes()).forEach(known::add);
    return new CustomDefinition(string);
  }

  private static Stream<String> features() {
    return Feature.KNOWN.stream().map(Feature::name);
  }

  private static Stream<String> failureCodes() {
    return Arrays.stream(FailureCode.class.getFields())
        .filter(field -> field.getType() == FailureCode.class)
        .map(
            field -> {
              try {
                return ((FailureCode) field.get(null)).value();
              } catch (IllegalAccessException e) {
                throw new IllegalStateException("a public constant cannot be read", e);
              }
            });
  }

  /** Exactly one of the two forms. */
  private static CustomDefinition input(Class<?> type, SchemaGenerationContext context) {
    if (type != ImageInput.class) {
      return null;
    }
    ObjectNode choice = context.getGeneratorConfig().createObjectNode();
    ArrayNode forms = choice.putArray("oneOf");
    for (Class<?> form : ImageInput.class.getPermittedSubclasses()) {
      forms.add(context.createDefinition(context.getTypeContext().resolve(form)));
    }
    return new CustomDefinition(choice);
  }

  private static ObjectNode envelope() {
    ObjectNode schema = head("in-event.schema.json", "INEvent").put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    properties
        .putObject("eventId")
        .put("type", "string")
        .put("format", "uuid")
        .put("pattern", anchored(Identifiers.UUID_TEXT));
    properties.putObject("eventType").put("type", "string");
    properties.putObject("taskId").put("type", "string").put("pattern", anchored(Identifiers.ID));
    properties
        .putObject("traceId")
        .put("type", "string")
        .put("pattern", anchored(Identifiers.TRACE_ID));
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
    ArrayNode choices = schema.putArray("allOf");
    for (EventType type : EventType.values()) {
      choices.add(payloadChoice(type));
    }
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
