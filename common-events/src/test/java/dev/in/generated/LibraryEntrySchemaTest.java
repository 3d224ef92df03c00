package dev.in.generated;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import dev.in.json.MalformedJsonException;
import dev.in.json.StrictJson;
import dev.in.library.LibraryEntryCodec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The committed schema, the record and its JSON agree on what a library entry is. */
class LibraryEntrySchemaTest {
  private static final JsonSchema SCHEMA =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
          .getSchema(SchemaLocation.of("classpath:schemas/library-entry.schema.json"));

  @Test
  void theExampleIsValidAndReadAndWrittenAsItStands() throws Exception {
    ObjectNode example = example();
    assertThat(SCHEMA.validate(example)).isEmpty();
    assertThat(LibraryEntryCodec.write(LibraryEntryCodec.read(example)))
        .hasToString(example.toString());
  }

  @Test
  void whatIsAbsentIsEmptyAndNotWritten() throws Exception {
    JsonNode sparse =
        StrictJson.MAPPER.readTree(
            """
            {"version":1,"status":"completed","createdAt":1760000000123,
             "labels":[],"keywords":[],"colors":[]}
            """);
    assertThat(LibraryEntryCodec.write(LibraryEntryCodec.read(sparse)))
        .hasToString(sparse.toString());
  }

  @Test
  void schemaAndReaderAgreeOnEveryVariation() throws Exception {
    List<ObjectNode> variations = Variations.of(example());
    assertThat(variations).hasSizeGreaterThan(200);
    for (ObjectNode variation : variations) {
      assertThat(SCHEMA.validate(variation).isEmpty())
          .as("the schema takes %s", variation)
          .isEqualTo(reads(variation));
    }
  }

  private static boolean reads(JsonNode document) {
    try {
      LibraryEntryCodec.read(document);
      return true;
    } catch (MalformedJsonException e) {
      return false;
    }
  }

  private static ObjectNode example() throws Exception {
    return StrictJson.object(
        Files.readString(Path.of("src/test/resources/library-entry-example.json")).getBytes(UTF_8));
  }
}
