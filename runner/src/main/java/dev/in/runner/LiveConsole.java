package dev.in.runner;

import dev.in.runner.edge.TaskView;
import dev.in.runner.input.Input;
import dev.in.runner.live.LiveView;
import dev.in.runner.result.Row;
import dev.in.runner.terminal.Terminal;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/** On a terminal: images in a view that is redrawn in place, everything else above it. */
final class LiveConsole implements Console {
  private final LiveView view;
  private final PlainConsole notes;

  /**
   * @param leave whether the view's last frame stays
   */
  LiveConsole(PrintStream errors, Terminal terminal, boolean verbose, boolean leave) {
    this.view = new LiveView(errors, terminal, leave);
    this.notes = new PlainConsole(view::note, verbose);
  }

  @Override
  public void started(String component, Duration took) {
    notes.started(component, took);
  }

  @Override
  public void note(String text) {
    notes.note(text);
  }

  @Override
  public void output(String component, String line) {
    notes.output(component, line);
  }

  @Override
  public void batchStarted(List<Input> inputs) {
    view.batchStarted(inputs);
  }

  @Override
  public void itemStarted(int index, Input input) {
    view.itemStarted(index, input);
  }

  @Override
  public void itemUpdated(int index, Input input, TaskView update) {
    view.itemUpdated(index, input, update);
  }

  @Override
  public void itemFinished(int index, Row row) {
    view.itemFinished(index, row);
  }

  @Override
  public void batchFinished() {
    view.batchFinished();
  }
}
