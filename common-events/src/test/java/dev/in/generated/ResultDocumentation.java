package dev.in.generated;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** The part of docs/contract.md that lists every field of a result. */
final class ResultDocumentation {
  static final Path FILE = Path.of("../docs/contract.md");

  private static final Pattern BLOCK =
      Pattern.compile("(?s)(<!-- generated: result -->\n).*?(<!-- end -->\n)");
  private static final int DESCRIPTIONS_START = 36;

  private final JsonNode schema;
  private final Set<JsonNode> listed = new HashSet<>();
  private final StringBuilder lines = new StringBuilder("\n");

  private ResultDocumentation(JsonNode schema) {
    this.schema = schema;
  }

  /** The document with this part made anew. */
  static String document(JsonNode schema) {
    ResultDocumentation documentation = new ResultDocumentation(schema);
    documentation.add(schema, "    ");
    String block = documentation.lines.append('\n').toString();
    try {
      Matcher matcher = BLOCK.matcher(Files.readString(FILE));
      if (!matcher.find()) {
        throw new AssertionError(FILE + " has no part <!-- generated: result -->");
      }
      return matcher.replaceFirst(
          found -> Matcher.quoteReplacement(found.group(1) + block + found.group(2)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(JsonNode object, String indent) {
    for (Map.Entry<String, JsonNode> property : object.path("properties").properties()) {
      JsonNode value = property.getValue();
      boolean isList = value.has("items");
      JsonNode type = resolve(isList ? value.path("items") : value);
      String name =
          indent
              + property.getKey()
              + (isRequired(object, property.getKey()) ? "" : "?")
              + (isList ? " [ ]" : "")
              + (type.has("properties") ? ":" : "");
      String description =
          value.path("description").asText(type.path("description").asText()).split("(?<=\\.) ")[0];
      if (!type.has("properties") || listed.add(type)) {
        line(name, description);
        add(type, indent + "  ");
      } else {
        line(name, description + " As above.");
      }
    }
  }

  private JsonNode resolve(JsonNode value) {
    return value.has("$ref") ? schema.at(value.path("$ref").asText().substring(1)) : value;
  }

  private static boolean isRequired(JsonNode object, String name) {
    return StreamSupport.stream(object.path("required").spliterator(), false)
        .anyMatch(required -> required.asText().equals(name));
  }

  private void line(String name, String description) {
    String text = name + " ".repeat(Math.max(2, DESCRIPTIONS_START - name.length())) + description;
    lines.append(text.stripTrailing()).append('\n');
  }
}
