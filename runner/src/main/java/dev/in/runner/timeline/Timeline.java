package dev.in.runner.timeline;

import dev.in.events.Stage;
import dev.in.runner.edge.TaskView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A task's steps through the chain for the live view, from all that the edge has reported. Reports
 * can be missing: a later one proves that the earlier steps are done. (The web page and the report
 * have the same rules, and times: edge/page/result/timeline.ts.)
 */
public final class Timeline {
  public static final String SUBMITTED = "submitted";
  public static final String END = "end";

  private static final List<String> NAMES =
      Stream.of(
              Stream.of(SUBMITTED), Stream.of(Stage.values()).map(Stage::wireName), Stream.of(END))
          .flatMap(names -> names)
          .toList();

  private Timeline() {}

  /**
   * All steps, those that are never reached included.
   *
   * @param history oldest first; may be empty
   */
  public static List<Step> steps(List<TaskView> history) {
    int reached = history.stream().mapToInt(Timeline::reached).max().orElse(-1);
    Optional<TaskView> failed =
        history.isEmpty()
            ? Optional.empty()
            : Optional.of(history.getLast()).filter(Timeline::failed);
    List<Step> steps = new ArrayList<>();
    for (int index = 0; index < NAMES.size(); index++) {
      int at = index;
      StepState state =
          failed.map(view -> ofFailed(at, reached, view)).orElseGet(() -> state(at, reached));
      steps.add(new Step(NAMES.get(index), state));
    }
    return steps;
  }

  /** The last step that this proves to be done; that of a failure is not. */
  private static int reached(TaskView view) {
    if (view.completed()) {
      return NAMES.size() - 1;
    }
    return view.terminal() ? 0 : Math.max(0, view.stage().map(NAMES::indexOf).orElse(0));
  }

  private static boolean failed(TaskView view) {
    return view.terminal() && !view.completed();
  }

  private static StepState state(int index, int reached) {
    if (index <= reached) {
      return StepState.DONE;
    }
    return index == reached + 1 ? StepState.RUNNING : StepState.PENDING;
  }

  private static StepState ofFailed(int index, int reached, TaskView failed) {
    if (index == NAMES.size() - 1) {
      return StepState.FAILED;
    }
    int at =
        NAMES.indexOf(failed.error().flatMap(error -> error.stage()).or(failed::stage).orElse(""));
    if (index <= reached || index < at) {
      return StepState.DONE;
    }
    return index == at ? StepState.FAILED : StepState.NOT_REACHED;
  }
}
