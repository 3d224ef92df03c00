package dev.in.core.engine;

import dev.in.core.failure.Deadline;
import dev.in.core.stage.StageOutput;
import dev.in.core.task.TaskDocument;
import dev.in.core.testing.TestTask;
import dev.in.events.Stage;
import java.util.ArrayDeque;
import java.util.Deque;

/** A stage's work that goes as planned, and well when nothing is. */
final class TestingWork implements StageWork {
  private final Stage stage;
  private final Deque<Step> planned = new ArrayDeque<>();
  private int times;

  TestingWork(Stage stage) {
    this.stage = stage;
  }

  @Override
  public Stage stage() {
    return stage;
  }

  @Override
  public StageOutput work(TaskDocument task, Deadline budget) throws Exception {
    times++;
    return planned.isEmpty() ? TestTask.output(stage) : planned.poll().work(task, budget);
  }

  /** How the next work goes that nothing is planned for yet. */
  TestingWork plan(Step step) {
    planned.add(step);
    return this;
  }

  /** How often it was begun. */
  int times() {
    return times;
  }

  interface Step {
    StageOutput work(TaskDocument task, Deadline budget) throws Exception;
  }

  /** The end of the process that works: no code of ours runs after it. */
  static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }
}
