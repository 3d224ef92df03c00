package dev.in.generated;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.in.json.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The schemas break nobody who reads by the last released ones, which lie under {@code
 * src/test/resources/released}. A release puts the current ones there with {@code mvn -pl
 * common-events test -Dtest=ReleasedSchemasTest -Dschemas.release=true}.
 */
class ReleasedSchemasTest {
  private static final Path RELEASED = Path.of("src/test/resources/released");

  @BeforeAll
  static void releasesOnRequest() throws IOException {
    if (Boolean.getBoolean("schemas.release")) {
      Files.createDirectories(RELEASED);
      for (Path schema : schemas(GeneratedFiles.SCHEMAS).values()) {
        Files.copy(
            schema, RELEASED.resolve(schema.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  @Test
  void whatWasReleasedStillHolds() throws IOException {
    Map<String, Path> current = schemas(GeneratedFiles.SCHEMAS);
    Map<String, List<String>> breaking = new TreeMap<>();
    for (Map.Entry<String, Path> released : schemas(RELEASED).entrySet()) {
      Path successor = current.get(released.getKey());
      List<String> changes =
          successor == null
              ? List.of("removed")
              : SchemaChanges.breaking(json(released.getValue()), json(successor));
      if (!changes.isEmpty()) {
        breaking.put(released.getKey(), changes);
      }
    }
    assertThat(breaking).isEmpty();
  }

  /** Else the test above compares nothing. */
  @Test
  void everyEventTypeOfTheFirstReleaseIsThere() throws IOException {
    assertThat(schemas(RELEASED))
        .containsKeys(
            "in-event.schema.json",
            "result.schema.json",
            "image.downloaded.schema.json",
            "metadata.extracted.schema.json",
            "ai.analyzed.schema.json",
            "task.completed.schema.json",
            "task.failed.schema.json");
  }

  @Test
  void optionalFieldsEventTypesAndTextsMayBeAdded() throws IOException {
    ObjectNode released = envelope();
    ObjectNode current = released.deepCopy();
    current.put("description", "another");
    current.withObject("/properties/region").put("type", "string");
    current.withArray("/allOf").add(choice("task.praised"));
    current.withObject("/$defs/Extra").put("type", "object");
    assertThat(SchemaChanges.breaking(released, current)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/properties/source | remove | | /properties/source: removed",
        "/properties/timestamp/type | set | number "
            + "| /properties/timestamp/type: was \"integer\", is \"number\"",
        "/properties/source/pattern | set | ^in "
            + "| /properties/source/pattern: was absent, is \"^in\"",
        "/properties/run/minimum | remove | | /properties/run/minimum: was 1, is absent",
        "/properties/run/default | remove | | /properties/run/default: was 1, is absent",
        "/additionalProperties | set | false "
            + "| /additionalProperties: was absent, is \"false\"",
        "/required/0 | remove | | /required: eventId may be absent now",
        "/required/- | set | run | /required: run may not be absent any more",
        "/allOf/0 | remove | "
            + "| /allOf: download.requested was download.requested.schema.json, is null",
      })
  void removedAndNarrowedIsBreaking(String place, String change, String value, String expected)
      throws IOException {
    ObjectNode current = envelope();
    int name = place.lastIndexOf('/');
    JsonNode parent = current.at(place.substring(0, name));
    String last = place.substring(name + 1);
    if (parent instanceof ObjectNode object) {
      if (change.equals("set")) {
        object.put(last, value);
      } else {
        object.remove(last);
      }
    } else if (parent instanceof ArrayNode array) {
      if (change.equals("set")) {
        array.add(value);
      } else {
        array.remove(Integer.parseInt(last));
      }
    }
    assertThat(SchemaChanges.breaking(envelope(), current)).containsExactly(expected);
  }

  @Test
  void alternativesMayBeDescribedAnewAndNotChanged() throws IOException {
    JsonNode released = json(GeneratedFiles.SCHEMAS.resolve("download.requested.schema.json"));
    JsonNode current = released.deepCopy();
    ObjectNode upload = (ObjectNode) current.at("/properties/input/oneOf/1");
    upload.put("description", "another");
    assertThat(SchemaChanges.breaking(released, current)).isEmpty();

    upload.withArray("/required").removeAll();
    assertThat(SchemaChanges.breaking(released, current))
        .containsExactly("/properties/input/oneOf/1/required: uploadId may be absent now");

    ((ObjectNode) current.at("/properties/input")).withArray("/oneOf").addObject();
    assertThat(SchemaChanges.breaking(released, current))
        .containsExactly("/properties/input/oneOf: had 2, has 3");
  }

  private static ObjectNode choice(String type) {
    ObjectNode choice = StrictJson.MAPPER.createObjectNode();
    choice.withArray("/if/properties/eventType/enum").add(type);
    choice.withObject("/then/properties/payload").put("$ref", type + ".schema.json");
    return choice;
  }

  private static ObjectNode envelope() throws IOException {
    return (ObjectNode) json(GeneratedFiles.SCHEMAS.resolve("in-event.schema.json"));
  }

  private static JsonNode json(Path file) throws IOException {
    return StrictJson.MAPPER.readTree(Files.readString(file));
  }

  private static Map<String, Path> schemas(Path folder) throws IOException {
    Map<String, Path> schemas = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      files.forEach(file -> schemas.put(file.getFileName().toString(), file));
    }
    return schemas;
  }
}
