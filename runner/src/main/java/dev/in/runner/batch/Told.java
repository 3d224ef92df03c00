package dev.in.runner.batch;

import static java.util.Objects.requireNonNull;

import dev.in.runner.edge.TaskView;
import dev.in.runner.input.Input;
import dev.in.runner.result.Row;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers all that the edge has told of a batch's tasks, and passes it on. */
public final class Told implements Progress {
  private final Progress next;
  private final Map<Integer, List<TaskView>> views = new ConcurrentHashMap<>();

  /**
   * @param next is told everything, too
   */
  public Told(Progress next) {
    this.next = requireNonNull(next, "next is null");
  }

  /** What was told of one input's task, oldest first. */
  public List<TaskView> of(int index) {
    return List.copyOf(views.getOrDefault(index, List.of()));
  }

  @Override
  public void planned(List<Input> inputs) {
    next.planned(inputs);
  }

  @Override
  public void begun(int index, Input input) {
    next.begun(index, input);
  }

  @Override
  public void told(int index, Input input, TaskView view) {
    views.computeIfAbsent(index, unused -> new CopyOnWriteArrayList<>()).add(view);
    next.told(index, input, view);
  }

  @Override
  public void finished(int index, Row row) {
    next.finished(index, row);
  }

  @Override
  public void ended() {
    next.ended();
  }
}
