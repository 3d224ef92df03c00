package dev.in.runner.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.in.runner.edge.TaskError;
import dev.in.runner.result.Row;
import dev.in.runner.timeline.Step;
import dev.in.runner.timeline.StepState;
import dev.in.runner.words.Numbers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One picture in the report, as the template asks for it. */
final class Card {
  private final String id;
  private final Entry entry;
  private final Framer framer;
  private final FailureSentences sentences;
  private final Optional<Way> way;
  private final JsonNode result;

  Card(String id, Entry entry, Framer framer, FailureSentences sentences, Optional<Way.Span> span) {
    this.id = id;
    this.entry = entry;
    this.framer = framer;
    this.sentences = sentences;
    this.way = span.flatMap(whole -> Way.of(entry.timeline(), whole));
    this.result = entry.row().result().orElseGet(JsonNodeFactory.instance::objectNode);
  }

  String id() {
    return id;
  }

  String name() {
    return entry.row().input();
  }

  /** {@code done}, {@code failed} or {@code running}. */
  String state() {
    return stepState().name().toLowerCase(Locale.ROOT);
  }

  String mark() {
    return Words.mark(stepState());
  }

  String words() {
    Row row = entry.row();
    if (row.completed()) {
      return total().map(time -> "Completed in " + time).orElse("Completed");
    }
    if (row.taskId().isEmpty()) {
      return "Not taken";
    }
    return row.status().equals("failed") ? "Failed" : "Not finished";
  }

  Optional<String> total() {
    return entry
        .timeline()
        .total()
        .or(() -> entry.row().field("durationMs").map(ms -> Duration.ofMillis(ms.asLong())))
        .map(Numbers::duration);
  }

  Optional<Way> way() {
    return way;
  }

  /** Empty for what never became a task. */
  List<StepView> steps() {
    return entry.row().taskId().isEmpty()
        ? List.of()
        : entry.timeline().steps().stream().map(StepView::of).toList();
  }

  boolean hasSteps() {
    return !steps().isEmpty();
  }

  /** Reads the picture: to be asked for once. */
  Optional<Frame> frame() {
    return framer.frame(entry);
  }

  Optional<Failure> failure() {
    return entry.row().error().map(error -> failure(error));
  }

  Findings findings() {
    return Findings.of(result.path("analysis"));
  }

  List<Fact> facts() {
    List<Fact> facts = new ArrayList<>(Facts.of(result));
    entry.row().field("sha256").ifPresent(hash -> facts.add(Fact.code("SHA-256", hash.asText())));
    Optional.of(result.path("analysis").path("provider").asText())
        .filter(provider -> !provider.isEmpty())
        .ifPresent(provider -> facts.add(Fact.of("Analysed by", provider)));
    entry.row().taskId().ifPresent(task -> facts.add(Fact.code("Task", task)));
    return facts;
  }

  boolean hasFacts() {
    return !facts().isEmpty();
  }

  private StepState stepState() {
    if (entry.row().completed()) {
      return StepState.DONE;
    }
    return entry.row().status().equals("failed") ? StepState.FAILED : StepState.RUNNING;
  }

  private Failure failure(TaskError error) {
    FailureSentences.Sentences told = sentences.of(error.code());
    String where = error.stage().map(stage -> " in " + stage).orElse("");
    return new Failure(
        told.happened(), told.advice(), error.code(), "%s. %s".formatted(where, error.message()));
  }

  /**
   * Why there is no (whole) result.
   *
   * @param happened a sentence for people
   * @param advice likewise
   * @param code for those who look it up
   * @param detail where it happened, and the message
   */
  record Failure(String happened, String advice, String code, String detail) {}

  /** One of its steps. */
  record StepView(String state, String mark, String name, String stateWord, Optional<String> took) {
    private static StepView of(Step step) {
      return new StepView(
          step.state().name().toLowerCase(Locale.ROOT),
          Words.mark(step.state()),
          Words.step(step.name(), step.state()),
          Words.state(step.state()),
          step.took().map(Numbers::duration));
    }
  }
}
