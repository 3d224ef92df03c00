package dev.in.runner.batch;

import dev.in.runner.edge.TaskView;
import dev.in.runner.input.Input;
import dev.in.runner.result.Row;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what it is told, a line each. */
final class RecordingProgress implements Progress {
  private final List<String> lines = new CopyOnWriteArrayList<>();

  @Override
  public void planned(List<Input> inputs) {
    lines.add(inputs.size() + " planned");
  }

  @Override
  public void begun(int index, Input input) {
    lines.add(index + " begun");
  }

  @Override
  public void told(int index, Input input, TaskView view) {
    lines.add(index + " " + view.status());
  }

  @Override
  public void finished(int index, Row row) {
    lines.add(index + " finished " + row.status());
  }

  @Override
  public void ended() {
    lines.add("ended");
  }

  List<String> lines() {
    return List.copyOf(lines);
  }
}
