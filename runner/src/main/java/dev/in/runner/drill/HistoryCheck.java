package dev.in.runner.drill;

import dev.in.topology.Topology;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What the history must have of tasks: every event that was published for them, and each once. */
final class HistoryCheck {
  private HistoryCheck() {}

  /**
   * The problems of one task's history.
   *
   * @param published the ids of events that its topics carried, with repeats
   * @param recorded the ids of the history's entries
   */
  static List<String> problems(String taskId, Set<String> published, List<String> recorded) {
    List<String> problems = new ArrayList<>();
    Set<String> missing = new TreeSet<>(published);
    recorded.forEach(missing::remove);
    if (!missing.isEmpty()) {
      problems.add("the history of %s misses %s".formatted(taskId, missing));
    }
    Set<String> twice = new TreeSet<>(recorded);
    twice.removeIf(id -> Collections.frequency(recorded, id) == 1);
    if (!twice.isEmpty()) {
      problems.add("the history of %s has more than once %s".formatted(taskId, twice));
    }
    Set<String> unknown = new TreeSet<>(recorded);
    unknown.removeAll(published);
    if (!unknown.isEmpty()) {
      problems.add("the history of %s has what nobody published: %s".formatted(taskId, unknown));
    }
    return problems;
  }

  /** The ids of the events that a task's topics have carried. */
  static Set<String> eventIds(PublishedMessages published, Topology topology, String taskId) {
    Set<String> ids = new TreeSet<>();
    for (Topology.Topic topic : topology.topics().values()) {
      if (topic.kind() == Topology.Topic.Kind.EVENT) {
        published
            .of(topic.name(), taskId)
            .forEach(message -> ids.add(message.path("attributes").path("eventId").asText()));
      }
    }
    return ids;
  }
}
