package dev.in.generated;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.in.json.MalformedJsonException;
import dev.in.json.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * {@code result-example.json}: a result with everything that a result can have. The tests of others
 * (document fields, page, report) read it as well, so that none forgets a field.
 */
final class ResultExample {
  private ResultExample() {}

  static ObjectNode json() throws IOException, MalformedJsonException {
    return StrictJson.object(
        Files.readString(Path.of("src/test/resources/result-example.json")).getBytes(UTF_8));
  }
}
