package dev.in.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.in.json.StrictJson;
import dev.in.result.TaskResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SchemaFilesTest {
  private static final Path FOLDER = Path.of("src/main/resources/schemas");
  private static final String REGENERATE =
      "mvn -pl common-events test -Dtest=SchemaFilesTest -Dschemas.write=true";

  @BeforeAll
  static void writesTheFilesOnRequest() throws IOException {
    if (Boolean.getBoolean("schemas.write")) {
      Files.createDirectories(FOLDER);
      for (Map.Entry<String, String> file : generated().entrySet()) {
        Files.writeString(FOLDER.resolve(file.getKey()), file.getValue());
      }
    }
  }

  @Test
  void theCommittedSchemasAreWhatTheRecordsSay() throws IOException {
    assertThat(committed())
        .as("the schemas differ from the records; write them again with: %s", REGENERATE)
        .isEqualTo(generated());
  }

  private static Map<String, String> generated() throws IOException {
    Map<String, String> files = new TreeMap<>();
    Map<String, ObjectNode> schemas = new TreeMap<>(EventSchemas.all());
    schemas.put(
        "result.schema.json",
        RecordSchemas.withDefinitions().of(TaskResult.class, "result.schema.json"));
    for (var schema : schemas.entrySet()) {
      files.put(schema.getKey(), pretty(schema.getValue()));
    }
    return files;
  }

  private static Map<String, String> committed() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.list(FOLDER)) {
      for (Path path : paths.toList()) {
        files.put(path.getFileName().toString(), Files.readString(path, UTF_8));
      }
    }
    return files;
  }

  private static String pretty(JsonNode schema) throws IOException {
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    Separators colons =
        Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER);
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(colons).withObjectIndenter(lines).withArrayIndenter(lines);
    return StrictJson.MAPPER.writer(printer).writeValueAsString(schema) + "\n";
  }
}
