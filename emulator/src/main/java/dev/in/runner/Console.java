package dev.in.runner;

import static java.util.Objects.requireNonNull;

import dev.in.runner.batch.Progress;
import dev.in.runner.edge.TaskView;
import dev.in.runner.input.Input;
import dev.in.runner.result.Row;
import dev.in.runner.stack.StackListener;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Tells people how it goes, a line at a time, on standard error. */
final class Console implements StackListener, Progress {
  private final PrintStream out;
  private final boolean verbose;
  private final Map<Integer, String> lastTold = new ConcurrentHashMap<>();

  /**
   * @param verbose shows what the parts of the stack print, too
   */
  Console(PrintStream out, boolean verbose) {
    this.out = requireNonNull(out, "out is null");
    this.verbose = verbose;
  }

  @Override
  public void up(String part, Duration took) {
    note(String.format(Locale.ROOT, "%s is up (%.1f s)", part, took.toMillis() / 1e3));
  }

  @Override
  public void note(String text) {
    out.println("in: " + text.replaceAll("\\p{Cntrl}", "?"));
  }

  @Override
  public void printed(String part, String line) {
    if (verbose) {
      out.println(part + " | " + line);
    }
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

  /** Says nothing twice: the edge may tell more than one thing about the same stage. */
  private void tell(int index, String name, String state) {
    if (!state.equals(lastTold.put(index, state))) {
      note(name + " " + state);
    }
  }
}
