package dev.in.runner.batch;

import dev.in.runner.Wait;
import dev.in.runner.edge.TaskView;
import dev.in.runner.input.Input;
import dev.in.runner.result.Row;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Records the calls, a line each. */
final class RecordingProgress implements Progress {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final List<TaskView> views = new CopyOnWriteArrayList<>();

  @Override
  public void batchStarted(List<Input> inputs) {
    lines.add("batch of " + inputs.size() + " started");
  }

  @Override
  public void itemStarted(int index, Input input) {
    lines.add(index + " started");
  }

  @Override
  public void itemUpdated(int index, Input input, TaskView view) {
    views.add(view);
    lines.add(index + " " + view.status() + view.stage().map(stage -> " " + stage).orElse(""));
  }

  @Override
  public void itemFinished(int index, Row row) {
    lines.add(index + " finished " + row.status());
  }

  @Override
  public void batchFinished() {
    lines.add("batch finished");
  }

  /** Waits until that line is recorded. */
  void await(String line) throws Exception {
    Wait.until(this::lines, all -> all.contains(line));
  }

  List<TaskView> views() {
    return List.copyOf(views);
  }

  List<String> lines() {
    return List.copyOf(lines);
  }
}
