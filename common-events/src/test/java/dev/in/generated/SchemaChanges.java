package dev.in.generated;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a new version of a schema breaks: those who read by the old one must be able to read what
 * the new one allows, since consumers are deployed later than iN, and those who read by the new one
 * what the old one allowed, since history is sent again. So only optional fields, new event types
 * and texts may be added; everything else must stay.
 */
final class SchemaChanges {
  /** They explain, and bind nobody. */
  private static final Set<String> TEXTS = Set.of("$id", "title", "description", "examples");

  private final List<String> breaking = new ArrayList<>();

  private SchemaChanges() {}

  /** A line for each change that breaks somebody, with its place; empty if none does. */
  static List<String> breaking(JsonNode released, JsonNode current) {
    SchemaChanges changes = new SchemaChanges();
    changes.compare("", released, current);
    return changes.breaking;
  }

  private void compare(String place, JsonNode released, JsonNode current) {
    for (String keyword : keywords(released, current)) {
      JsonNode before = released.path(keyword);
      JsonNode after = current.path(keyword);
      String here = place + "/" + keyword;
      switch (keyword) {
        case "properties", "$defs" -> compareMembers(here, before, after);
        case "items" -> compare(here, before, after);
        case "required" -> compareRequired(here, before, after);
        case "oneOf" -> compareAlternatives(here, before, after);
        case "allOf" -> compareChoices(here, before, after);
        default -> {
          if (!before.equals(after)) {
            breaking.add("%s: was %s, is %s".formatted(here, text(before), text(after)));
          }
        }
      }
    }
  }

  private static Set<String> keywords(JsonNode released, JsonNode current) {
    Set<String> keywords = new TreeSet<>();
    released.fieldNames().forEachRemaining(keywords::add);
    current.fieldNames().forEachRemaining(keywords::add);
    keywords.removeAll(TEXTS);
    return keywords;
  }

  /** Others may be added. */
  private void compareMembers(String place, JsonNode released, JsonNode current) {
    for (Map.Entry<String, JsonNode> member : released.properties()) {
      String here = place + "/" + member.getKey();
      if (current.has(member.getKey())) {
        compare(here, member.getValue(), current.path(member.getKey()));
      } else {
        breaking.add(here + ": removed");
      }
    }
  }

  private void compareRequired(String place, JsonNode released, JsonNode current) {
    Set<String> before = words(released);
    Set<String> after = words(current);
    before.stream()
        .filter(name -> !after.contains(name))
        .forEach(name -> breaking.add(place + ": " + name + " may be absent now"));
    after.stream()
        .filter(name -> !before.contains(name))
        .forEach(name -> breaking.add(place + ": " + name + " may not be absent any more"));
  }

  /** A reader knows them all: none may be added. */
  private void compareAlternatives(String place, JsonNode released, JsonNode current) {
    if (released.size() != current.size()) {
      breaking.add("%s: had %d, has %d".formatted(place, released.size(), current.size()));
      return;
    }
    for (int i = 0; i < released.size(); i++) {
      compare(place + "/" + i, released.path(i), current.path(i));
    }
  }

  /** The envelope chooses its payload's schema by event type: others may be added. */
  private void compareChoices(String place, JsonNode released, JsonNode current) {
    Map<String, String> after = choices(current);
    choices(released)
        .forEach(
            (type, payload) -> {
              if (!payload.equals(after.get(type))) {
                breaking.add(
                    "%s: %s was %s, is %s".formatted(place, type, payload, after.get(type)));
              }
            });
  }

  private static Map<String, String> choices(JsonNode allOf) {
    Map<String, String> choices = new LinkedHashMap<>();
    for (JsonNode choice : allOf) {
      for (JsonNode type : choice.at("/if/properties/eventType/enum")) {
        choices.put(type.asText(), choice.at("/then/properties/payload/$ref").asText());
      }
    }
    return choices;
  }

  private static Set<String> words(JsonNode array) {
    Set<String> words = new HashSet<>();
    array.forEach(word -> words.add(word.asText()));
    return words;
  }

  private static String text(JsonNode value) {
    return value instanceof MissingNode ? "absent" : value.toString();
  }
}
