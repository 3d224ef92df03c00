package dev.in.runner;

import dev.in.runner.edge.TaskView;
import dev.in.runner.input.Input;
import dev.in.runner.live.LiveView;
import dev.in.runner.result.Row;
import dev.in.runner.terminal.Terminal;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/** On a terminal: pictures in a view that is drawn again in its place, all else above it. */
final class LiveConsole implements Console {
  private final LiveView view;
  private final PlainConsole notes;

  /**
   * @param leave whether the view's last picture stays
   */
  LiveConsole(PrintStream errors, Terminal terminal, boolean verbose, boolean leave) {
    this.view = new LiveView(errors, terminal, leave);
    this.notes = new PlainConsole(view::note, verbose);
  }

  @Override
  public void up(String part, Duration took) {
    notes.up(part, took);
  }

  @Override
  public void note(String text) {
    notes.note(text);
  }

  @Override
  public void printed(String part, String line) {
    notes.printed(part, line);
  }

  @Override
  public void planned(List<Input> inputs) {
    view.planned(inputs);
  }

  @Override
  public void begun(int index, Input input) {
    view.begun(index, input);
  }

  @Override
  public void told(int index, Input input, TaskView told) {
    view.told(index, input, told);
  }

  @Override
  public void finished(int index, Row row) {
    view.finished(index, row);
  }

  @Override
  public void ended() {
    view.ended();
  }
}
