package dev.in.runner;

import static java.util.Objects.requireNonNull;

import dev.in.runner.edge.TaskView;
import dev.in.runner.input.Input;
import dev.in.runner.result.Row;
import dev.in.runner.terminal.Columns;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Everything that happens as a line. */
final class PlainConsole implements Console {
  private final Consumer<String> lines;
  private final boolean verbose;
  private final Map<Integer, String> lastStates = new ConcurrentHashMap<>();

  /**
   * @param lines gets each line
   * @param verbose shows what the components of the stack print, too
   */
  PlainConsole(Consumer<String> lines, boolean verbose) {
    this.lines = requireNonNull(lines, "lines is null");
    this.verbose = verbose;
  }

  @Override
  public void started(String component, Duration took) {
    note(String.format(Locale.ROOT, "%s is up (%.1f s)", component, took.toMillis() / 1e3));
  }

  @Override
  public void note(String text) {
    lines.accept("in: " + Columns.printable(text));
  }

  @Override
  public void output(String component, String line) {
    if (verbose) {
      lines.accept(component + " | " + line);
    }
  }

  @Override
  public void batchStarted(List<Input> inputs) {
    // A line is printed for each when it starts.
  }

  @Override
  public void itemStarted(int index, Input input) {
    print(index, input.name(), input instanceof Input.ImageFile ? "uploading" : "submitting");
  }

  @Override
  public void itemUpdated(int index, Input input, TaskView view) {
    if (view.status().equals("submitted")) {
      print(index, input.name(), "submitted as " + view.taskId());
    } else if (!view.terminal()) {
      print(index, input.name(), view.stage().orElse(view.status()));
    }
  }

  @Override
  public void itemFinished(int index, Row row) {
    String end = row.error().map(error -> ": " + error.message()).orElse("");
    print(index, row.input(), row.status() + end);
  }

  @Override
  public void batchFinished() {
    // Each has printed its own last line.
  }

  /** Prints no state twice in a row: the edge may send several updates for one stage. */
  private void print(int index, String name, String state) {
    if (!state.equals(lastStates.put(index, state))) {
      note(name + " " + state);
    }
  }
}
