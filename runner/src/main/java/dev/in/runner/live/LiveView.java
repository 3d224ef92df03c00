package dev.in.runner.live;

import static java.util.Objects.requireNonNull;

import dev.in.runner.batch.Progress;
import dev.in.runner.edge.TaskView;
import dev.in.runner.input.CommonFolder;
import dev.in.runner.input.Input;
import dev.in.runner.result.Row;
import dev.in.runner.terminal.Painter;
import dev.in.runner.terminal.Terminal;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** A batch on a terminal: a line for each image, redrawn in place. */
public final class LiveView implements Progress {
  private static final Duration FRAME_INTERVAL = Duration.ofMillis(100);
  private static final int FRAMES_PER_SIZE = 10;
  private static final Terminal.Size USUAL = new Terminal.Size(24, 80);

  private final Painter painter;
  private final ProgressLines lines;
  private final Supplier<Optional<Terminal.Size>> size;
  private final LongSupplier clock;
  private final boolean leave;
  private List<ItemProgress> items = List.of();
  private Optional<Thread> ticker = Optional.empty();
  private Terminal.Size lastSize = USUAL;
  private long begin;

  /**
   * @param leave whether the last frame stays when the batch has finished
   */
  public LiveView(PrintStream out, Terminal terminal, boolean leave) {
    this(
        new Painter(out),
        new ProgressLines(terminal.hasColors()),
        terminal::size,
        System::nanoTime,
        leave);
  }

  LiveView(
      Painter painter,
      ProgressLines lines,
      Supplier<Optional<Terminal.Size>> size,
      LongSupplier clock,
      boolean leave) {
    this.painter = requireNonNull(painter, "painter is null");
    this.lines = requireNonNull(lines, "lines is null");
    this.size = requireNonNull(size, "size is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.leave = leave;
  }

  /** Prints a permanent line, above the frame if there is one. */
  public synchronized void note(String line) {
    painter.above(line, items.isEmpty() ? List.of() : frame());
  }

  @Override
  public synchronized void batchStarted(List<Input> inputs) {
    CommonFolder folder = CommonFolder.of(inputs.stream().map(Input::name).toList());
    items = inputs.stream().map(input -> new ItemProgress(folder.relative(input.name()))).toList();
    begin = clock.getAsLong();
    lastSize = size.get().orElse(USUAL);
    draw();
    ticker = Optional.of(Thread.ofVirtual().name("live-view").start(this::tick));
  }

  @Override
  public synchronized void itemStarted(int index, Input input) {
    items.get(index).itemStarted(clock.getAsLong());
  }

  @Override
  public synchronized void itemUpdated(int index, Input input, TaskView view) {
    items.get(index).itemUpdated(view, clock.getAsLong());
  }

  @Override
  public synchronized void itemFinished(int index, Row row) {
    items.get(index).itemFinished(row.completed(), clock.getAsLong());
  }

  @Override
  public synchronized void batchFinished() {
    if (items.isEmpty()) {
      return;
    }
    ticker.ifPresent(Thread::interrupt);
    if (leave) {
      draw();
    } else {
      painter.erase();
    }
    items = List.of();
  }

  private void tick() {
    try {
      for (int frames = 1; ; frames++) {
        Thread.sleep(FRAME_INTERVAL);
        Optional<Terminal.Size> now = frames % FRAMES_PER_SIZE == 0 ? size.get() : Optional.empty();
        if (!again(now)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean again(Optional<Terminal.Size> changed) {
    if (items.isEmpty()) {
      return false;
    }
    lastSize = changed.orElse(lastSize);
    draw();
    return true;
  }

  private void draw() {
    painter.draw(frame());
  }

  private List<String> frame() {
    long now = clock.getAsLong();
    return lines.of(items, lastSize, Duration.ofNanos(now - begin), now);
  }
}
