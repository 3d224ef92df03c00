package dev.in.core.stage;

import static java.util.Objects.requireNonNull;

import dev.in.events.AiAnalyzed;
import dev.in.events.AiAnalyzed.Tag;
import dev.in.result.Analysis;
import dev.in.result.ColorShare;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** What the analysis found. */
@RegisterForReflection
public record AiOutput(Analysis analysis) implements StageOutput {
  public AiOutput {
    requireNonNull(analysis, "analysis is null");
  }

  @Override
  public AiAnalyzed announcement() {
    return new AiAnalyzed(
        analysis.provider(),
        analysis.features(),
        analysis
            .labels()
            .map(
                list ->
                    list.stream().map(label -> new Tag(label.name(), label.confidence())).toList()),
        analysis
            .objects()
            .map(
                list ->
                    list.stream().map(found -> new Tag(found.name(), found.confidence())).toList()),
        analysis.text().map(text -> text.full().codePointCount(0, text.full().length())),
        analysis.colors().map(list -> list.stream().map(ColorShare::rgb).toList()),
        analysis.skipped());
  }
}
