package dev.in.runner.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What an owner's library and feed must have of tasks that have ended: all, and once. */
final class AccountCheck {
  private static final Set<String> OF_ONE_TASK = Set.of("taskId", "createdAt", "fileName");

  private AccountCheck() {}

  /**
   * The problems of a library.
   *
   * @param items all of its items
   * @param expected the item of an undisturbed task with the same image
   */
  static List<String> library(List<JsonNode> items, List<String> taskIds, JsonNode expected) {
    Map<String, List<JsonNode>> byTask = new HashMap<>();
    for (JsonNode item : items) {
      byTask
          .computeIfAbsent(item.path("taskId").asText(), unused -> new ArrayList<>())
          .add(found(item));
    }
    List<String> problems = new ArrayList<>();
    for (String taskId : taskIds) {
      List<JsonNode> entries = byTask.getOrDefault(taskId, List.of());
      if (!entries.equals(List.of(found(expected)))) {
        problems.add("the library has of %s %s".formatted(taskId, entries));
      }
    }
    return problems;
  }

  /** What was found in the image. */
  private static JsonNode found(JsonNode item) {
    return ((ObjectNode) item.deepCopy()).remove(OF_ONE_TASK);
  }

  /**
   * The problems of a feed.
   *
   * @param entries all that was appended since before the first of these tasks, in order
   * @param after the latest sequence number of that moment
   */
  static List<String> feed(List<JsonNode> entries, List<String> taskIds, long after) {
    return feed(entries, taskIds, List.of(), after);
  }

  /**
   * The same where tasks may fail.
   *
   * @param completed the tasks that must have completed
   * @param failed those that must have failed
   */
  static List<String> feed(
      List<JsonNode> entries, List<String> completed, List<String> failed, long after) {
    List<String> problems = new ArrayList<>();
    Map<String, List<JsonNode>> byTask = new HashMap<>();
    long last = after;
    for (JsonNode entry : entries) {
      if (entry.path("seq").asLong() != ++last) {
        problems.add("the feed has %d in place of %d".formatted(entry.path("seq").asLong(), last));
        last = entry.path("seq").asLong();
      }
      byTask.computeIfAbsent(entry.path("taskId").asText(), unused -> new ArrayList<>()).add(entry);
    }
    Map<String, String> ends = new LinkedHashMap<>();
    completed.forEach(taskId -> ends.put(taskId, "task.completed"));
    failed.forEach(taskId -> ends.put(taskId, "task.failed"));
    ends.forEach(
        (taskId, end) -> {
          List<String> types = types(byTask.getOrDefault(taskId, List.of()));
          if (!isWhole(types, end)) {
            problems.add("the feed has of %s %s".formatted(taskId, types));
          }
        });
    Set<String> others = new HashSet<>(byTask.keySet());
    others.removeAll(ends.keySet());
    if (!others.isEmpty()) {
      problems.add("the feed has of tasks that nobody submitted: " + others);
    }
    return problems;
  }

  private static List<String> types(List<JsonNode> entries) {
    return entries.stream()
        .map(
            entry ->
                entry.path("type").asText()
                    + (entry.path("data").has("stage") && isProgress(entry.path("type").asText())
                        ? " " + entry.path("data").path("stage").asText()
                        : ""))
        .toList();
  }

  /**
   * Submitted first, its end last, progress in between, each of it at most once. What was found
   * joins the library at any time after the submission, and once.
   */
  private static boolean isWhole(List<String> types, String end) {
    List<String> steps = new ArrayList<>(types);
    return steps.indexOf("task.indexed") > 0
        && steps.remove("task.indexed")
        && steps.size() >= 2
        && steps.getFirst().equals("task.submitted")
        && steps.getLast().equals(end)
        && steps.subList(1, steps.size() - 1).stream().allMatch(AccountCheck::isProgress)
        && new HashSet<>(steps).size() == steps.size();
  }

  private static boolean isProgress(String type) {
    return type.startsWith("task.progress");
  }
}
