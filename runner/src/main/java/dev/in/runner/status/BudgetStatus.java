package dev.in.runner.status;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalLong;

/**
 * What analyses may cost in a day, and what is left of it.
 *
 * @param scope {@code all}, or {@code channel}: that of the channel's users
 * @param unitsLeft what no account has taken; empty if the edge does not know it at the moment
 * @param exceeded whether a task was not analysed because it did not fit
 * @param resetsAt when the next day begins, in UTC
 */
public record BudgetStatus(
    String scope, long unitsPerDay, OptionalLong unitsLeft, boolean exceeded, String resetsAt) {
  public BudgetStatus {
    requireNonNull(scope, "scope is null");
    requireNonNull(unitsLeft, "unitsLeft is null");
    requireNonNull(resetsAt, "resetsAt is null");
  }

  /** As the edge's account has it. */
  static BudgetStatus read(JsonNode budget) {
    JsonNode left = budget.path("unitsLeft");
    return new BudgetStatus(
        budget.path("scope").asText(),
        budget.path("unitsPerDay").asLong(),
        left.isMissingNode() ? OptionalLong.empty() : OptionalLong.of(left.asLong()),
        budget.path("exceeded").asBoolean(),
        budget.path("resetsAt").asText());
  }

  String shown() {
    String left = unitsLeft.isPresent() ? Long.toString(unitsLeft.getAsLong()) : "?";
    return "%s of %d units of analysis are left for %s until %s"
        .formatted(left, unitsPerDay, whose(), resetsAt);
  }

  String whose() {
    return scope.equals("all") ? "all channels" : "the channel";
  }
}
