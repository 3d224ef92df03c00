package dev.in.runner.replay;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What {@code ./in replay} says at its end.
 *
 * @param consumer the function's name
 * @param dryRun whether nothing was sent
 * @param events how many of each type the span has for the consumer
 * @param others how many events of the span are not for it
 * @param refused how many the consumer can never take
 */
public record ReplayReport(
    String consumer, boolean dryRun, SortedMap<String, Integer> events, int others, int refused) {
  public ReplayReport {
    requireNonNull(consumer, "consumer is null");
    events = new TreeMap<>(events);
  }

  /** Whether the consumer has acked everything that was to be sent. */
  public boolean complete() {
    return refused == 0;
  }

  /** How many the consumer has acked. */
  public int acked() {
    return dryRun ? 0 : total() - refused;
  }

  private int total() {
    return events.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** For people. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    events.forEach((type, count) -> lines.add("%7d  %s".formatted(count, type)));
    lines.add("for %s: %d, others: %d".formatted(consumer, total(), others));
    if (!dryRun) {
      lines.add("replayed: %d of %d events".formatted(acked(), total()));
    }
    return lines;
  }

  /** One object on a line, for programs. */
  public String json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("to", consumer);
    json.put("dryRun", dryRun).put("selected", total()).put("others", others);
    ObjectNode types = json.putObject("events");
    events.forEach(types::put);
    return json.put("replayed", acked()).put("refused", refused).put("ok", complete()).toString();
  }
}
