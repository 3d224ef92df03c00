package dev.in.runner.report;

import dev.in.runner.timeline.Step;
import dev.in.runner.timeline.StepState;
import dev.in.runner.timeline.Timeline;
import dev.in.runner.words.Numbers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A picture's way as bars on the time of the whole run.
 *
 * @param bars in a view box of {@link #WIDTH} by 1
 * @param words the same for those who do not see it
 */
record Way(List<Bar> bars, String words) {
  static final int WIDTH = 1000;

  /** Thinner ones could not be seen. */
  private static final double THINNEST = 2;

  /** Empty for what never became a task. */
  static Optional<Way> of(Timeline timeline, Span span) {
    if (timeline.begin().isEmpty()) {
      return Optional.empty();
    }
    List<Step> timed = timeline.steps().stream().filter(step -> step.took().isPresent()).toList();
    List<Bar> bars = new ArrayList<>();
    for (Step step : timed) {
      Instant end = step.endedAt().orElseThrow();
      bars.add(span.bar(step.name(), end.minus(step.took().orElseThrow()), end));
    }
    failure(timeline, span).ifPresent(bars::add);
    String words =
        timed.stream()
            .map(
                step -> "%s %s".formatted(step.name(), Numbers.duration(step.took().orElseThrow())))
            .collect(Collectors.joining(", "));
    return Optional.of(new Way(bars, words));
  }

  /** From what went well last to the end. */
  private static Optional<Bar> failure(Timeline timeline, Span span) {
    boolean failed = timeline.steps().stream().anyMatch(step -> step.state() == StepState.FAILED);
    Optional<Instant> from =
        timeline.steps().stream().flatMap(step -> step.endedAt().stream()).max(Instant::compareTo);
    return failed
        ? from.flatMap(begin -> timeline.lastTold().map(end -> span.bar("failed", begin, end)))
        : Optional.empty();
  }

  /**
   * A bar.
   *
   * @param kind a stage's name, or {@code failed}
   */
  record Bar(String kind, String x, String width) {}

  /** From the first submission to the last that was told. */
  record Span(Instant begin, Duration length) {

    static Optional<Span> of(List<Timeline> timelines) {
      Optional<Instant> begin =
          timelines.stream().flatMap(line -> line.begin().stream()).min(Instant::compareTo);
      Optional<Instant> end =
          timelines.stream().flatMap(line -> line.lastTold().stream()).max(Instant::compareTo);
      return begin.flatMap(
          first -> end.map(last -> new Span(first, Duration.between(first, last))));
    }

    private Bar bar(String kind, Instant from, Instant to) {
      double x = part(from);
      double width = Math.max(part(to) - x, THINNEST);
      return new Bar(kind, number(Math.min(x, WIDTH - width)), number(width));
    }

    private double part(Instant time) {
      double whole = Math.max(length.toMillis(), 1);
      return Duration.between(begin, time).toMillis() / whole * WIDTH;
    }
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
