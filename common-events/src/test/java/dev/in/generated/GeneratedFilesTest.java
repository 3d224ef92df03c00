package dev.in.generated;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Schemas, the AsyncAPI document, limits, native metadata and the list of a result's fields are
 * committed, and are what the code says.
 */
class GeneratedFilesTest {
  private static final String REGENERATE =
      "mvn -pl common-events test -Dtest=GeneratedFilesTest -Dgenerated.write=true";

  @BeforeAll
  static void writesTheFilesOnRequest() throws IOException {
    if (Boolean.getBoolean("generated.write")) {
      for (Map.Entry<Path, String> file : GeneratedFiles.all().entrySet()) {
        Files.createDirectories(file.getKey().getParent());
        Files.writeString(file.getKey(), file.getValue());
      }
    }
  }

  @Test
  void theCommittedFilesAreWhatTheCodeSays() throws IOException {
    assertThat(committed())
        .as("files differ from the code; write them again with: %s", REGENERATE)
        .isEqualTo(GeneratedFiles.all());
  }

  /** With whatever else lies among the schemas. */
  private static Map<Path, String> committed() throws IOException {
    Set<Path> paths = new TreeSet<>(GeneratedFiles.all().keySet());
    try (Stream<Path> schemas = Files.list(GeneratedFiles.SCHEMAS)) {
      schemas.forEach(paths::add);
    }
    Map<Path, String> files = new TreeMap<>();
    for (Path path : paths) {
      files.put(path, Files.exists(path) ? Files.readString(path) : "");
    }
    return files;
  }
}
