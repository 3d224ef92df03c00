package dev.in.runner.replay;

import static java.util.Objects.requireNonNull;

import dev.in.runner.operator.FunctionAddress;
import dev.in.runner.operator.OperatorTokens;

/**
 * Where a replay goes from and to, and how its operator proves who that is.
 *
 * @param history where {@code log-enhancer} is
 * @param consumer where the consumer is
 */
public record ReplaySite(FunctionAddress history, FunctionAddress consumer, OperatorTokens tokens) {
  public ReplaySite {
    requireNonNull(history, "history is null");
    requireNonNull(consumer, "consumer is null");
    requireNonNull(tokens, "tokens is null");
  }
}
