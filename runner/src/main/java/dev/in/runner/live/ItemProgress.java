package dev.in.runner.live;

import static java.util.Objects.requireNonNull;

import dev.in.events.Stage;
import dev.in.runner.edge.TaskView;
import dev.in.runner.terminal.Columns;
import dev.in.runner.timeline.Step;
import dev.in.runner.timeline.StepState;
import dev.in.runner.timeline.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The progress of one image in the live view. Times are System.nanoTime's. */
final class ItemProgress {
  static final List<String> STEPS =
      Stream.concat(Stream.of("upload"), Stream.of(Stage.values()).map(Stage::wireName)).toList();

  private final String name;
  private final List<TaskView> updates = new ArrayList<>();
  private Optional<Long> begin = Optional.empty();
  private Optional<Long> end = Optional.empty();
  private boolean completed;

  ItemProgress(String name) {
    this.name = Columns.printable(requireNonNull(name, "name is null"));
  }

  String name() {
    return name;
  }

  void itemStarted(long now) {
    begin = Optional.of(now);
  }

  void itemUpdated(TaskView view, long now) {
    updates.add(view);
    if (view.terminal()) {
      end(view.completed(), now);
    }
  }

  /** It has its row, whether or not the edge has sent a terminal update. */
  void itemFinished(boolean well, long now) {
    end(well, now);
  }

  Phase phase() {
    if (end.isPresent()) {
      return completed ? Phase.COMPLETED : Phase.FAILED;
    }
    return begin.isPresent() ? Phase.IN_PROGRESS : Phase.WAITING;
  }

  /** How it stands with each of {@link #STEPS}. */
  List<StepState> steps() {
    List<StepState> states = new ArrayList<>();
    List<Step> steps = Timeline.steps(updates);
    states.add(upload());
    for (Step step : steps.subList(1, steps.size() - 1)) {
      boolean never = phase() == Phase.FAILED && step.state() == StepState.RUNNING;
      boolean notYet = updates.isEmpty() && step.state() == StepState.RUNNING;
      states.add(never || notYet ? StepState.PENDING : step.state());
    }
    return states;
  }

  /** Since it was begun, until its end. */
  Optional<Duration> took(long now) {
    return begin.map(first -> Duration.ofNanos(end.orElse(now) - first));
  }

  private StepState upload() {
    if (!updates.isEmpty()) {
      return StepState.DONE;
    }
    return switch (phase()) {
      case WAITING -> StepState.PENDING;
      case IN_PROGRESS -> StepState.RUNNING;
      case COMPLETED -> StepState.DONE;
      case FAILED -> StepState.FAILED;
    };
  }

  private void end(boolean well, long now) {
    if (end.isEmpty()) {
      end = Optional.of(now);
      completed = well;
    }
  }

  /** How it stands with the whole. */
  enum Phase {
    WAITING,
    IN_PROGRESS,
    COMPLETED,
    FAILED
  }
}
