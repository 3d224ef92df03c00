package dev.in.runner.redrive;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What came of an operation.
 *
 * @param tasks how many it has
 * @param results what recovery did, and to how many tasks
 * @param refused why the edge refused tasks, and how many
 */
public record Outcome(
    int tasks, SortedMap<String, Integer> results, SortedMap<String, Integer> refused) {
  /** The task is in the run that was asked for: just begun, under way, or already ended again. */
  private static final Set<String> IN_THE_NEW_RUN = Set.of("redriven", "in_progress", "ended");

  public Outcome {
    results = new TreeMap<>(results);
    refused = new TreeMap<>(refused);
  }

  public int redriven() {
    return results.entrySet().stream()
        .filter(result -> IN_THE_NEW_RUN.contains(result.getKey()))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  /** Tasks without an answer so far. */
  public int open() {
    return tasks - sum(results) - sum(refused);
  }

  public boolean complete() {
    return redriven() == tasks;
  }

  private static int sum(Map<String, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }
}
