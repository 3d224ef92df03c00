package dev.in.runner.redrive;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * What {@code ./in redrive} says at its end.
 *
 * @param operationId empty where nothing was begun
 * @param candidates empty of an operation that was continued
 * @param outcome empty where nothing was commanded
 */
public record RedriveReport(
    Optional<String> operationId, Optional<Candidates> candidates, Optional<Outcome> outcome) {
  public RedriveReport {
    requireNonNull(operationId, "operationId is null");
    requireNonNull(candidates, "candidates is null");
    requireNonNull(outcome, "outcome is null");
  }

  /** Whether everything was redriven that was to be. */
  public boolean complete() {
    return outcome.isEmpty() || outcome.get().complete();
  }

  /** For people. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    candidates.ifPresent(found -> addTo(lines, found));
    outcome.ifPresent(
        result -> {
          lines.add("redriven: %d of %d tasks".formatted(result.redriven(), result.tasks()));
          add(lines, "results: ", result.results());
          add(lines, "refused by the edge: ", result.refused());
          if (result.open() > 0) {
            lines.add("no result yet: %d tasks".formatted(result.open()));
          }
        });
    return lines;
  }

  private static void addTo(List<String> lines, Candidates found) {
    found
        .histogram()
        .forEach(
            (failure, count) ->
                lines.add("%7d  %s in %s".formatted(count, failure.code(), failure.stage())));
    lines.add(
        "eligible: %d%s, ineligible: %d"
            .formatted(
                found.eligible().size(),
                found.more() ? " (and more, beyond the limit)" : "",
                found.ineligibleCount()));
    add(lines, "ineligible because: ", found.ineligible());
  }

  private static void add(List<String> lines, String label, SortedMap<String, Integer> counts) {
    if (!counts.isEmpty()) {
      lines.add(
          counts.entrySet().stream()
              .map(one -> one.getKey() + " " + one.getValue())
              .collect(Collectors.joining(", ", label, "")));
    }
  }

  /** One object on a line, for programs. */
  public String json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    operationId.ifPresent(id -> json.put("operationId", id));
    candidates.ifPresent(
        found -> {
          json.put("eligible", found.eligible().size());
          json.put("more", found.more());
          put(json.putObject("ineligible"), found.ineligible());
          var failures = json.putArray("failures");
          found
              .histogram()
              .forEach(
                  (failure, count) ->
                      failures
                          .addObject()
                          .put("code", failure.code())
                          .put("stage", failure.stage())
                          .put("tasks", count));
        });
    outcome.ifPresent(
        result -> {
          json.put("tasks", result.tasks());
          json.put("redriven", result.redriven());
          json.put("open", result.open());
          put(json.putObject("results"), result.results());
          put(json.putObject("refused"), result.refused());
        });
    return json.put("ok", complete()).toString();
  }

  private static void put(ObjectNode json, Map<String, Integer> counts) {
    counts.forEach(json::put);
  }
}
