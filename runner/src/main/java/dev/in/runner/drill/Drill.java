package dev.in.runner.drill;

import dev.in.runner.stack.StackExtent;
import java.util.Map;

/** One rehearsal of a failure. */
public interface Drill {
  String name();

  /** What is broken and what must hold, in a sentence. */
  String summary();

  /** How much faster time passes for leases, backoffs and deadlines. */
  default int timeScale() {
    return 6;
  }

  /** Further environment variables of edge and functions. */
  default Map<String, String> settings() {
    return Map.of();
  }

  /** Environment variables of single functions, by their names. */
  default Map<String, Map<String, String>> functionSettings() {
    return Map.of();
  }

  /** How much of the topology runs; side consumers are up when it begins. */
  default StackExtent extent() {
    return StackExtent.WITHOUT_SIDE_CONSUMERS;
  }

  /** Whether live progress is reported to the edge, which makes the order of calls vary. */
  default boolean reportsProgress() {
    return false;
  }

  /** Whether both may run on one stack, one after the other. */
  default boolean sharesStackWith(Drill other) {
    return timeScale() == other.timeScale()
        && extent() == other.extent()
        && reportsProgress() == other.reportsProgress()
        && settings().equals(other.settings())
        && functionSettings().equals(other.functionSettings());
  }

  /** Breaks things, and reports each case. */
  void run(DrillStack stack, DrillOptions options, Cases cases) throws Exception;
}
