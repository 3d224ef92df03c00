package dev.in.runner.redrive;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a selection has found.
 *
 * @param eligible tasks that can be redriven
 * @param ineligible why the others cannot, and how many each
 * @param more whether the limit has left out others
 */
public record Candidates(
    List<FailedTask> eligible, SortedMap<String, Integer> ineligible, boolean more) {

  /** One line of the histogram. */
  public record Failure(String code, String stage) implements Comparable<Failure> {
    @Override
    public int compareTo(Failure other) {
      int byCode = code.compareTo(other.code);
      return byCode != 0 ? byCode : stage.compareTo(other.stage);
    }
  }

  public Candidates {
    eligible = List.copyOf(eligible);
    ineligible = new TreeMap<>(ineligible);
  }

  public List<String> taskIds() {
    return eligible.stream().map(FailedTask::taskId).toList();
  }

  public int ineligibleCount() {
    return ineligible.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** How many tasks failed with which code in which stage. */
  public Map<Failure, Integer> histogram() {
    Map<Failure, Integer> histogram = new TreeMap<>();
    eligible.forEach(
        task -> histogram.merge(new Failure(task.code(), task.stage()), 1, Integer::sum));
    return histogram;
  }
}
