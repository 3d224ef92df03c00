package dev.in.core.task;

import static java.util.Objects.requireNonNull;

import dev.in.core.image.Analysis;

/** What the analysis found. */
public record AiOutput(Analysis analysis) implements StageOutput {
  public AiOutput {
    requireNonNull(analysis, "analysis is null");
  }
}
