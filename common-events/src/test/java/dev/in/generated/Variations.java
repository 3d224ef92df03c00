package dev.in.generated;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.in.json.StrictJson;
import java.util.ArrayList;
import java.util.List;

/** A document with every value once removed and once replaced by each of a list of others. */
final class Variations {
  /** Without null: readers take it for an absent field, schemas do not allow it. */
  private static final List<String> REPLACEMENTS =
      List.of("\"text\"", "\"\"", "17", "-1", "0", "1.5", "true", "[]", "{}", "[17]", "[[]]");

  private Variations() {}

  static List<ObjectNode> of(ObjectNode document) {
    List<ObjectNode> variations = new ArrayList<>();
    for (String pointer : pointers(document, "")) {
      int slash = pointer.lastIndexOf('/');
      String last = pointer.substring(slash + 1);
      variations.add(changed(document, pointer.substring(0, slash), last, null));
      for (String replacement : REPLACEMENTS) {
        variations.add(changed(document, pointer.substring(0, slash), last, tree(replacement)));
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

  private static JsonNode tree(String json) {
    try {
      return StrictJson.MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
