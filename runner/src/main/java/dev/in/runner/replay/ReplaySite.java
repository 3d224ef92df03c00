package dev.in.runner.replay;

import static java.util.Objects.requireNonNull;

import dev.in.runner.operator.OperatorTokens;
import java.net.URI;

/**
 * Where a replay goes from and to, and how its operator proves who that is.
 *
 * @param history where {@code log-enhancer} is
 * @param consumer where the consumer is
 * @param audience of tokens for functions
 */
public record ReplaySite(URI history, URI consumer, String audience, OperatorTokens tokens) {
  public ReplaySite {
    requireNonNull(history, "history is null");
    requireNonNull(consumer, "consumer is null");
    requireNonNull(audience, "audience is null");
    requireNonNull(tokens, "tokens is null");
  }
}
