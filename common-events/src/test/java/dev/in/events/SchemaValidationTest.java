package dev.in.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import dev.in.events.Examples.Example;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The committed schemas and {@link EventCodec} must agree on what an INEvent is. */
class SchemaValidationTest {
  private static final JsonSchema ENVELOPE =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
          .getSchema(SchemaLocation.of("classpath:schemas/in-event.schema.json"));

  /** What takes a field's place; a null is left out, see {@link SchemaGeneration}. */
  private static final List<String> REPLACEMENTS =
      List.of("\"text\"", "\"\"", "17", "-1", "0", "1.5", "true", "[]", "{}", "[17]", "[[]]");

  static Stream<Example> examples() {
    return Examples.all();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void anExampleIsValid(Example example) throws Exception {
    assertThat(ENVELOPE.validate(tree(example.json()))).isEmpty();
  }

  @Test
  void aTypeOfANewerVersionIsValid() throws Exception {
    assertThat(ENVELOPE.validate(tree(Examples.unrecognized("{\"any\":[1]}").json()))).isEmpty();
  }

  @Test
  void olderNamesAreHeldToThePayloadOfTheirType() throws Exception {
    String older =
        Examples.of(EventType.AI_ANALYZED).json().replace("ai.analyzed", "image.analyzed");
    assertThat(ENVELOPE.validate(tree(older))).isEmpty();
    assertThat(ENVELOPE.validate(tree(older.replace("\"provider\"", "\"other\"")))).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void schemaAndReaderAgreeOnEveryVariation(Example example) throws Exception {
    List<ObjectNode> variations = variations(tree(example.json()));
    assertThat(variations).hasSizeGreaterThan(100);
    for (ObjectNode variation : variations) {
      assertThat(ENVELOPE.validate(variation).isEmpty())
          .as("the schema takes %s", variation)
          .isEqualTo(reads(variation));
    }
  }

  /** The document with every value once removed and once replaced by each other value. */
  private static List<ObjectNode> variations(ObjectNode document) {
    List<ObjectNode> variations = new ArrayList<>();
    for (String pointer : pointers(document, "")) {
      int slash = pointer.lastIndexOf('/');
      String last = pointer.substring(slash + 1);
      variations.add(changed(document, pointer.substring(0, slash), last, null));
      for (String replacement : REPLACEMENTS) {
        variations.add(
            changed(document, pointer.substring(0, slash), last, unchecked(replacement)));
      }
    }
    return variations;
  }

  private static ObjectNode changed(
      ObjectNode document, String parent, String last, JsonNode replacement) {
    ObjectNode copy = document.deepCopy();
    switch (copy.at(parent)) {
      case ObjectNode object when replacement == null -> object.remove(last);
      case ObjectNode object -> object.set(last, replacement);
      case ArrayNode array when replacement == null -> array.remove(Integer.parseInt(last));
      case ArrayNode array -> array.set(Integer.parseInt(last), replacement);
      case JsonNode other -> throw new AssertionError("no parent: " + other);
    }
    return copy;
  }

  private static List<String> pointers(JsonNode node, String prefix) {
    List<String> pointers = new ArrayList<>();
    node.properties()
        .forEach(field -> descend(field.getValue(), prefix + "/" + field.getKey(), pointers));
    if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        descend(node.get(i), prefix + "/" + i, pointers);
      }
    }
    return pointers;
  }

  private static void descend(JsonNode value, String pointer, List<String> pointers) {
    pointers.add(pointer);
    pointers.addAll(pointers(value, pointer));
  }

  private static boolean reads(JsonNode document) {
    try {
      EventCodec.read(document.toString().getBytes(UTF_8));
      return true;
    } catch (MalformedEventException e) {
      return false;
    }
  }

  private static ObjectNode tree(String json) throws MalformedEventException {
    return StrictJson.object(json.getBytes(UTF_8));
  }

  private static JsonNode unchecked(String json) {
    try {
      return StrictJson.MAPPER.readTree(json);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
