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
  private final Map<Integer, String> lastTold = new ConcurrentHashMap<>();

  /**
   * @param lines gets each line
   * @param verbose shows what the parts of the stack print, too
   */
  PlainConsole(Consumer<String> lines, boolean verbose) {
    this.lines = requireNonNull(lines, "lines is null");
    this.verbose = verbose;
  }

  @Override
  public void up(String part, Duration took) {
    note(String.format(Locale.ROOT, "%s is up (%.1f s)", part, took.toMillis() / 1e3));
  }

  @Override
  public void note(String text) {
    lines.accept("in: " + Columns.printable(text));
  }

  @Override
  public void printed(String part, String line) {
    if (verbose) {
      lines.accept(part + " | " + line);
    }
  }

  @Override
  public void planned(List<Input> inputs) {
    // Each tells of itself when it is begun.
  }

  @Override
  public void begun(int index, Input input) {
    tell(index, input.name(), input instanceof Input.PictureFile ? "uploading" : "submitting");
  }

  @Override
  public void told(int index, Input input, TaskView view) {
    if (view.status().equals("submitted")) {
      tell(index, input.name(), "submitted as " + view.taskId());
    } else if (!view.terminal()) {
      tell(index, input.name(), view.stage().orElse(view.status()));
    }
  }

  @Override
  public void finished(int index, Row row) {
    String end = row.error().map(error -> ": " + error.message()).orElse("");
    tell(index, row.input(), row.status() + end);
  }

  @Override
  public void ended() {
    // Each has told its own end.
  }

  /** Says nothing twice: the edge may tell more than one thing about the same stage. */
  private void tell(int index, String name, String state) {
    if (!state.equals(lastTold.put(index, state))) {
      note(name + " " + state);
    }
  }
}
