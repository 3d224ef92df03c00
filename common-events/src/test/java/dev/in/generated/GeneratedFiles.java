package dev.in.generated;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.in.json.StrictJson;
import dev.in.library.LibraryEntry;
import dev.in.result.TaskResult;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The committed files that follow from this module's code. */
final class GeneratedFiles {
  static final Path SCHEMAS = Path.of("src/main/resources/schemas");

  private static final String LIBRARY_ENTRY = "library-entry.schema.json";
  private static final Path LIMITS = Path.of("src/main/resources/limits.json");
  private static final Path NATIVE_METADATA =
      Path.of(
          "src/main/resources/META-INF/native-image/dev.in/in-common-events",
          "reachability-metadata.json");

  private GeneratedFiles() {}

  /** Their texts by path. */
  static Map<Path, String> all() {
    Map<Path, String> files = new TreeMap<>();
    EventSchemas.all().forEach((name, schema) -> files.put(SCHEMAS.resolve(name), pretty(schema)));
    files.put(SCHEMAS.resolve("result.schema.json"), pretty(resultSchema()));
    files.put(SCHEMAS.resolve(LIBRARY_ENTRY), pretty(libraryEntrySchema()));
    files.put(ResultDocumentation.FILE, ResultDocumentation.document(resultSchema()));
    files.put(AsyncApi.FILE, AsyncApi.document());
    files.put(LIMITS, pretty(LimitsFile.json()));
    files.put(NATIVE_METADATA, pretty(NativeMetadata.json()));
    return files;
  }

  static ObjectNode resultSchema() {
    return RecordSchemas.withDefinitions().of(TaskResult.class, "result.schema.json");
  }

  private static ObjectNode libraryEntrySchema() {
    return RecordSchemas.withDefinitions().of(LibraryEntry.class, LIBRARY_ENTRY);
  }

  private static String pretty(JsonNode json) {
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    Separators colons =
        Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER);
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(colons).withObjectIndenter(lines).withArrayIndenter(lines);
    try {
      return StrictJson.MAPPER.writer(printer).writeValueAsString(json) + "\n";
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
