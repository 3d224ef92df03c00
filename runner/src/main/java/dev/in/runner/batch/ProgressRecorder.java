package dev.in.runner.batch;

import static java.util.Objects.requireNonNull;

import dev.in.runner.edge.TaskView;
import dev.in.runner.input.Input;
import dev.in.runner.result.Row;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Records every update of a batch's tasks, and passes it on. */
public final class ProgressRecorder implements Progress {
  private final Progress next;
  private final Map<Integer, List<TaskView>> views = new ConcurrentHashMap<>();

  /**
   * @param next receives everything, too
   */
  public ProgressRecorder(Progress next) {
    this.next = requireNonNull(next, "next is null");
  }

  /** The updates of one input's task, oldest first. */
  public List<TaskView> of(int index) {
    return List.copyOf(views.getOrDefault(index, List.of()));
  }

  @Override
  public void batchStarted(List<Input> inputs) {
    next.batchStarted(inputs);
  }

  @Override
  public void itemStarted(int index, Input input) {
    next.itemStarted(index, input);
  }

  @Override
  public void itemUpdated(int index, Input input, TaskView view) {
    views.computeIfAbsent(index, unused -> new CopyOnWriteArrayList<>()).add(view);
    next.itemUpdated(index, input, view);
  }

  @Override
  public void itemFinished(int index, Row row) {
    next.itemFinished(index, row);
  }

  @Override
  public void batchFinished() {
    next.batchFinished();
  }
}
