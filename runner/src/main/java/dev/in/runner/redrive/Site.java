package dev.in.runner.redrive;

import static java.util.Objects.requireNonNull;

import dev.in.runner.operator.FunctionAddress;
import dev.in.runner.operator.OperatorTokens;
import java.net.URI;

/** An iN that operators work on: where it is, and how they prove who they are. */
public record Site(URI edge, String edgeAudience, FunctionAddress recovery, OperatorTokens tokens) {
  public Site {
    requireNonNull(edge, "edge is null");
    requireNonNull(edgeAudience, "edgeAudience is null");
    requireNonNull(recovery, "recovery is null");
    requireNonNull(tokens, "tokens is null");
  }
}
