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

/** One picture on its way, as the live view knows it. Times are System.nanoTime's. */
final class Track {
  static final List<String> STEPS =
      Stream.concat(Stream.of("upload"), Stream.of(Stage.values()).map(Stage::wireName)).toList();

  private final String name;
  private final List<TaskView> told = new ArrayList<>();
  private Optional<Long> begin = Optional.empty();
  private Optional<Long> end = Optional.empty();
  private boolean completed;

  Track(String name) {
    this.name = Columns.printable(requireNonNull(name, "name is null"));
  }

  String name() {
    return name;
  }

  void begun(long now) {
    begin = Optional.of(now);
  }

  void told(TaskView view, long now) {
    told.add(view);
    if (view.terminal()) {
      end(view.completed(), now);
    }
  }

  /** It has its row, whether the edge has told its end or not. */
  void finished(boolean well, long now) {
    end(well, now);
  }

  Phase phase() {
    if (end.isPresent()) {
      return completed ? Phase.COMPLETED : Phase.FAILED;
    }
    return begin.isPresent() ? Phase.UNDER_WAY : Phase.WAITING;
  }

  /** How it stands with each of {@link #STEPS}. */
  List<StepState> steps() {
    List<StepState> states = new ArrayList<>();
    List<Step> steps = new Timeline(told).steps();
    states.add(upload());
    for (Step step : steps.subList(1, steps.size() - 1)) {
      boolean never = phase() == Phase.FAILED && step.state() == StepState.RUNNING;
      boolean notYet = told.isEmpty() && step.state() == StepState.RUNNING;
      states.add(never || notYet ? StepState.WAITING : step.state());
    }
    return states;
  }

  /** Since it was begun, until its end. */
  Optional<Duration> took(long now) {
    return begin.map(first -> Duration.ofNanos(end.orElse(now) - first));
  }

  private StepState upload() {
    if (!told.isEmpty()) {
      return StepState.DONE;
    }
    return switch (phase()) {
      case WAITING -> StepState.WAITING;
      case UNDER_WAY -> StepState.RUNNING;
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
    UNDER_WAY,
    COMPLETED,
    FAILED
  }
}
