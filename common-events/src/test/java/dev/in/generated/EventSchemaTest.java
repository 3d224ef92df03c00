package dev.in.generated;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import dev.in.events.EventCodec;
import dev.in.events.EventType;
import dev.in.events.Examples;
import dev.in.events.Examples.Example;
import dev.in.events.MalformedEventException;
import dev.in.json.MalformedJsonException;
import dev.in.json.StrictJson;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The committed schemas and {@link EventCodec} must agree on what an INEvent is. */
class EventSchemaTest {
  private static final JsonSchema ENVELOPE =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
          .getSchema(SchemaLocation.of("classpath:schemas/in-event.schema.json"));

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
    List<ObjectNode> variations = Variations.of(tree(example.json()));
    assertThat(variations).hasSizeGreaterThan(100);
    for (ObjectNode variation : variations) {
      assertThat(ENVELOPE.validate(variation).isEmpty())
          .as("the schema takes %s", variation)
          .isEqualTo(reads(variation));
    }
  }

  private static boolean reads(JsonNode document) {
    try {
      EventCodec.read(document.toString().getBytes(UTF_8));
      return true;
    } catch (MalformedEventException e) {
      return false;
    }
  }

  private static ObjectNode tree(String json) throws MalformedJsonException {
    return StrictJson.object(json.getBytes(UTF_8));
  }
}
