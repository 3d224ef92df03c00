package dev.in.runner.status;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The system as a whole at one moment.
 *
 * @param deadLetters recorded ones that nobody has removed yet; empty if recovery does not say
 * @param budgets of analyses, those that the edge shows without a token
 */
public record SystemStatus(
    Health edge,
    List<FunctionStatus> functions,
    List<SubscriptionStatus> subscriptions,
    OptionalInt deadLetters,
    List<BudgetStatus> budgets) {

  /** Failure codes for which neither the image nor the user's host is responsible. */
  private static final Set<String> OUR_FAULT =
      Set.of("attempts_exhausted", "timed_out", "internal");

  public SystemStatus {
    requireNonNull(edge, "edge is null");
    functions = List.copyOf(functions);
    subscriptions = List.copyOf(subscriptions);
    requireNonNull(deadLetters, "deadLetters is null");
    budgets = List.copyOf(budgets);
  }

  /** Every feature switch as the function sees it that obeys it. */
  public SortedMap<String, Boolean> switches() {
    SortedMap<String, Boolean> switches = new TreeMap<>();
    functions.forEach(function -> switches.putAll(function.switches()));
    return switches;
  }

  /**
   * The problems, a sentence each. A task that failed because of its image is not a problem.
   *
   * @param late how long a message may wait
   */
  public List<String> problems(Duration late) {
    List<String> problems = new ArrayList<>();
    if (edge != Health.UP) {
      problems.add("the edge: " + edge.shown());
    }
    functions.stream()
        .filter(function -> function.health() != Health.UP)
        .forEach(function -> problems.add(function.name() + ": " + function.health().shown()));
    for (FunctionStatus function : functions) {
      function.failures().forEach((code, count) -> addFailure(problems, function, code, count));
    }
    if (deadLetters.orElse(0) > 0) {
      problems.add(deadLetters.getAsInt() + " dead letters are recorded");
    }
    subscriptions.forEach(subscription -> addSubscription(problems, subscription, late));
    budgets.stream()
        .filter(BudgetStatus::exceeded)
        .forEach(
            budget ->
                problems.add(
                    "the budget of %s is used up: tasks are not analysed until %s"
                        .formatted(budget.whose(), budget.resetsAt())));
    return problems;
  }

  private static void addFailure(
      List<String> problems, FunctionStatus function, String code, long count) {
    if (OUR_FAULT.contains(code)) {
      problems.add("%s has failed %d tasks with %s".formatted(function.name(), count, code));
    }
  }

  private static void addSubscription(
      List<String> problems, SubscriptionStatus subscription, Duration late) {
    if (subscription.oldest().filter(age -> age.compareTo(late) >= 0).isPresent()) {
      problems.add(
          String.format(
              Locale.ROOT,
              "the subscription %s is late: %d messages, the oldest %.1f s",
              subscription.name(),
              subscription.backlog(),
              subscription.oldest().get().toMillis() / 1e3));
    }
  }
}
