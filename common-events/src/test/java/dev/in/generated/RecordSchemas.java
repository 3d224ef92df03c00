package dev.in.generated;

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
import dev.in.events.FailureCode;
import dev.in.events.Feature;
import dev.in.events.Identifiers;
import dev.in.events.ImageInput;
import dev.in.json.StrictJson;
import dev.in.result.Metadata;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * JSON Schemas (draft 2020-12) of records, with their Javadoc as descriptions. They say what {@link
 * StrictJson} accepts, so unknown fields are valid; only that it reads a null as an absent field
 * they do not say, since no writer may write one.
 */
final class RecordSchemas {
  private static final String DIALECT = SchemaVersion.DRAFT_2020_12.getIdentifier();

  private final SchemaGenerator generator;

  private RecordSchemas(SchemaGeneratorConfigBuilder config) {
    this.generator = new SchemaGenerator(config.build());
  }

  /** Nested records in place. */
  static RecordSchemas inline() {
    return new RecordSchemas(config().with(Option.INLINE_ALL_SCHEMAS));
  }

  /** Nested records under {@code $defs}, by the record's name. */
  static RecordSchemas withDefinitions() {
    return new RecordSchemas(config().with(Option.DEFINITIONS_FOR_ALL_OBJECTS));
  }

  ObjectNode of(Class<?> type, String file) {
    ObjectNode generated = generator.generateSchema(type);
    ObjectNode schema = head(file, type.getSimpleName());
    generated.remove("$schema");
    schema.setAll(generated);
    return schema;
  }

  static ObjectNode head(String file, String title) {
    return StrictJson.MAPPER
        .createObjectNode()
        .put("$schema", DIALECT)
        .put("$id", file)
        .put("title", title);
  }

  static String anchored(Pattern pattern) {
    return "^" + pattern + "$";
  }

  private static SchemaGeneratorConfigBuilder config() {
    SchemaGeneratorConfigBuilder config =
        new SchemaGeneratorConfigBuilder(
                StrictJson.MAPPER, SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
            .without(Option.FLATTENED_OPTIONALS);
    config
        .forTypesInGeneral()
        .withPropertySorter((left, right) -> 0)
        .withDescriptionResolver(
            scope ->
                isWord(scope.getType().getErasedType())
                    ? null
                    : Javadoc.ofRecord(scope.getType().getErasedType()).orElse(null))
        .withCustomDefinitionProvider((type, context) -> word(type.getErasedType(), context))
        .withCustomDefinitionProvider((type, context) -> input(type.getErasedType(), context));
    config
        .forFields()
        .withRequiredCheck(RecordSchemas::isRequired)
        .withTargetTypeOverridesResolver(RecordSchemas::content)
        .withDescriptionResolver(RecordSchemas::description)
        .withStringPatternResolver(field -> pattern(field).orElse(null))
        .withNumberInclusiveMinimumResolver(
            field -> isCount(field) || isOrientation(field) ? BigDecimal.ONE : null)
        .withNumberInclusiveMaximumResolver(
            field -> isOrientation(field) ? BigDecimal.valueOf(8) : null);
    return config;
  }

  /** A missing Optional, list or flag reads as empty, empty or false. */
  private static boolean isRequired(FieldScope field) {
    Class<?> type = field.getType().getErasedType();
    return !(type == Optional.class || type == List.class || type == boolean.class);
  }

  /** What an Optional holds, where the field is one. */
  private static List<ResolvedType> content(FieldScope field) {
    return field.getType().getErasedType() == Optional.class
        ? field.getType().getTypeParameters()
        : null;
  }

  private static String description(FieldScope field) {
    return field.isFakeContainerItemScope()
        ? null
        : Javadoc.ofComponent(field.getDeclaringType().getErasedType(), field.getName())
            .orElse(null);
  }

  private static boolean isCount(FieldScope field) {
    return field.getName().equals("generation") || field.getName().equals("version");
  }

  private static boolean isOrientation(FieldScope field) {
    return field.getName().equals("orientation")
        && field.getDeclaringType().getErasedType() == Metadata.class;
  }

  private static Optional<String> pattern(FieldScope field) {
    return switch (field.getName()) {
      case "sha256" -> Optional.of(anchored(Identifiers.SHA256));
      case "uploadId", "operationId", "webhookId", "requestId" ->
          Optional.of(anchored(Identifiers.ID));
      case "day" -> Optional.of(anchored(Identifiers.DAY));
      default -> Optional.empty();
    };
  }

  /** Open sets are strings: a reader must expect words it does not know. */
  private static CustomDefinition word(Class<?> type, SchemaGenerationContext context) {
    if (!isWord(type)) {
      return null;
    }
    ObjectNode string = context.getGeneratorConfig().createObjectNode();
    string.put("type", "string");
    ArrayNode known = string.putArray("examples");
    (type == Feature.class ? features() : failureCodes()).forEach(known::add);
    return new CustomDefinition(string, true);
  }

  private static boolean isWord(Class<?> type) {
    return type == Feature.class || type == FailureCode.class;
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
}
