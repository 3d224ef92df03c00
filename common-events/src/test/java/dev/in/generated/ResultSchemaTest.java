package dev.in.generated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import dev.in.json.MalformedJsonException;
import dev.in.json.RecordFields;
import dev.in.json.StrictJson;
import dev.in.result.ResultCodec;
import dev.in.result.TaskResult;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The committed schema, the records and their JSON agree on what a result is. */
class ResultSchemaTest {
  private static final JsonSchema SCHEMA =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
          .getSchema(SchemaLocation.of("classpath:schemas/result.schema.json"));

  @Test
  void theExampleIsValid() throws Exception {
    assertThat(SCHEMA.validate(ResultExample.json())).isEmpty();
  }

  @Test
  void theExampleIsReadAndWrittenAsItStands() throws Exception {
    ObjectNode example = ResultExample.json();
    assertThat(ResultCodec.write(ResultCodec.read(example))).hasToString(example.toString());
  }

  @Test
  void theExampleSetsEveryComponent() throws Exception {
    List<String> missing = new ArrayList<>();
    collectUnset("result", ResultCodec.read(ResultExample.json()), missing);
    assertThat(missing).isEmpty();
  }

  @Test
  void schemaAndReaderAgreeOnEveryVariation() throws Exception {
    List<ObjectNode> variations = Variations.of(ResultExample.json());
    assertThat(variations).hasSizeGreaterThan(500);
    for (ObjectNode variation : variations) {
      assertThat(SCHEMA.validate(variation).isEmpty())
          .as("the schema takes %s", variation)
          .isEqualTo(reads(variation));
    }
  }

  @Test
  void whatIsAbsentIsEmptyAndNotWritten() throws Exception {
    ObjectNode sparse =
        (ObjectNode)
            StrictJson.MAPPER.readTree(
                """
                {"metadata":{"orientation":1,"keywords":[]},
                 "analysis":{"provider":"vision","features":[],"unavailable":[]},"durationMs":3}
                """);
    assertThat(ResultCodec.write(ResultCodec.read(sparse))).hasToString(sparse.toString());
    assertThat(ResultCodec.read(sparse).metadata().orElseThrow().truncated()).isFalse();
  }

  @Test
  void fieldsHoldTheSameAsJson() throws Exception {
    TaskResult result = ResultCodec.read(ResultExample.json());
    Map<String, Object> fields = RecordFields.write(result);
    assertThat((JsonNode) StrictJson.MAPPER.valueToTree(fields))
        .hasToString(ResultExample.json().toString());
    assertThat(RecordFields.read(fields, TaskResult.class)).isEqualTo(result);
  }

  @Test
  void fieldsThatDoNotFitAreNamedAndNotQuoted() {
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> RecordFields.read(Map.of("durationMs", "secret"), TaskResult.class))
        .withMessage("fields are not those of TaskResult: durationMs is missing or of a wrong type")
        .withNoCause();
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(
            () ->
                RecordFields.read(
                    Map.of("durationMs", 1, "metadata", Map.of("orientation", 9)),
                    TaskResult.class))
        .withMessage(
            "fields are not those of TaskResult: metadata: orientation is not within 1 and 8");
  }

  /** Empty Optionals, empty lists and flags that are not set, by path. */
  private static void collectUnset(String path, Object value, List<String> missing)
      throws Exception {
    switch (value) {
      case Optional<?> optional when optional.isPresent() ->
          collectUnset(path, optional.get(), missing);
      case Optional<?> _ -> missing.add(path);
      case List<?> list when !list.isEmpty() -> collectUnset(path, list.getFirst(), missing);
      case List<?> _ -> missing.add(path);
      case Boolean flag when !flag -> missing.add(path);
      case Record parts when parts.getClass().getPackage() == TaskResult.class.getPackage() -> {
        for (RecordComponent component : parts.getClass().getRecordComponents()) {
          collectUnset(
              path + "." + component.getName(), component.getAccessor().invoke(parts), missing);
        }
      }
      default -> {}
    }
  }

  private static boolean reads(JsonNode document) {
    try {
      ResultCodec.read(document);
      return true;
    } catch (MalformedJsonException e) {
      return false;
    }
  }
}
