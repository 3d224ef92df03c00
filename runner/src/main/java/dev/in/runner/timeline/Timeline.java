package dev.in.runner.timeline;

import static java.util.Objects.requireNonNull;

import dev.in.events.Stage;
import dev.in.runner.edge.TaskView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A task's way through the chain, from all that the edge has told of it. Milestones can be missing:
 * what came later proves what came before, only its time is not known then. (The web page has the
 * same rules: edge/page/pictures/timeline.ts.)
 */
public final class Timeline {
  public static final String SUBMITTED = "submitted";
  public static final String END = "end";

  private static final String LAST_STAGE = Stage.values()[Stage.values().length - 1].wireName();
  private static final List<String> NAMES =
      Stream.of(
              Stream.of(SUBMITTED), Stream.of(Stage.values()).map(Stage::wireName), Stream.of(END))
          .flatMap(names -> names)
          .toList();

  private final List<TaskView> told;
  private final Map<String, Instant> ends = new LinkedHashMap<>();

  /**
   * @param told oldest first; may be empty
   */
  public Timeline(List<TaskView> told) {
    this.told = List.copyOf(requireNonNull(told, "told is null"));
    this.told.forEach(this::take);
  }

  /** All steps, those that were never reached included. */
  public List<Step> steps() {
    int reached = lastReached();
    List<Step> steps = new ArrayList<>();
    for (int index = 0; index < NAMES.size(); index++) {
      String name = NAMES.get(index);
      steps.add(
          new Step(name, state(index, reached), Optional.ofNullable(ends.get(name)), took(index)));
    }
    return steps;
  }

  /** When the task was submitted, by the edge's clock. */
  public Optional<Instant> begin() {
    return Optional.ofNullable(ends.get(SUBMITTED));
  }

  /** How long it took from the submission to the end, if that has come. */
  public Optional<Duration> total() {
    return last()
        .filter(TaskView::terminal)
        .flatMap(TaskView::times)
        .map(times -> Duration.between(times.createdAt(), times.updatedAt()));
  }

  /** When the edge told something last. */
  public Optional<Instant> lastTold() {
    return last().flatMap(TaskView::times).map(TaskView.Times::updatedAt);
  }

  private void take(TaskView view) {
    if (view.times().isEmpty()) {
      return;
    }
    TaskView.Times times = view.times().get();
    ends.put(SUBMITTED, times.createdAt());
    if (view.completed()) {
      // The last stage completes the task: often its milestone comes too late to be told.
      ends.putIfAbsent(LAST_STAGE, times.updatedAt());
      ends.put(END, times.updatedAt());
    } else if (!view.terminal()) {
      view.stage().filter(NAMES::contains).ifPresent(s -> ends.putIfAbsent(s, times.updatedAt()));
    }
  }

  private int lastReached() {
    int reached = told.isEmpty() ? -1 : 0;
    for (String name : ends.keySet()) {
      reached = Math.max(reached, NAMES.indexOf(name));
    }
    return reached;
  }

  private StepState state(int index, int reached) {
    Optional<TaskView> failed = last().filter(TaskView::terminal).filter(view -> !view.completed());
    if (failed.isEmpty()) {
      if (index <= reached) {
        return StepState.DONE;
      }
      return index == reached + 1 ? StepState.RUNNING : StepState.WAITING;
    }
    if (index == NAMES.size() - 1) {
      return StepState.FAILED;
    }
    int broken = NAMES.indexOf(failedStage(failed.get()));
    if (index <= reached || index < broken) {
      return StepState.DONE;
    }
    return index == broken ? StepState.FAILED : StepState.NEVER;
  }

  private static String failedStage(TaskView failed) {
    return failed.error().flatMap(error -> error.stage()).or(failed::stage).orElse("");
  }

  private Optional<Duration> took(int index) {
    Instant from = index == 0 ? null : ends.get(NAMES.get(index - 1));
    Instant to = ends.get(NAMES.get(index));
    return from == null || to == null || NAMES.get(index).equals(END)
        ? Optional.empty()
        : Optional.of(Duration.between(from, to));
  }

  private Optional<TaskView> last() {
    return told.isEmpty() ? Optional.empty() : Optional.of(told.getLast());
  }
}
