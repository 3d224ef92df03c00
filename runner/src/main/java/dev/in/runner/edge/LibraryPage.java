package dev.in.runner.edge;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One page of an owner's tasks, newest first.
 *
 * @param items as the edge gives them
 * @param nextCursor of the page that follows, if one does
 */
public record LibraryPage(List<JsonNode> items, Optional<String> nextCursor) {
  public LibraryPage {
    items = List.copyOf(items);
  }

  static LibraryPage read(JsonNode json) {
    List<JsonNode> items = new ArrayList<>();
    json.path("items").forEach(items::add);
    return new LibraryPage(items, Optional.ofNullable(json.path("nextCursor").textValue()));
  }
}
