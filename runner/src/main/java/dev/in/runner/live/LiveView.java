package dev.in.runner.live;

import static java.util.Objects.requireNonNull;

import dev.in.runner.batch.Progress;
import dev.in.runner.edge.TaskView;
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

/** A batch on a terminal: a line for each picture, drawn again in its place as things go on. */
public final class LiveView implements Progress {
  private static final Duration BETWEEN_PICTURES = Duration.ofMillis(100);
  private static final int PICTURES_PER_SIZE = 10;
  private static final Terminal.Size USUAL = new Terminal.Size(24, 80);

  private final Painter painter;
  private final TrackLines lines;
  private final Supplier<Optional<Terminal.Size>> size;
  private final LongSupplier clock;
  private final boolean leave;
  private List<Track> tracks = List.of();
  private Optional<Thread> ticker = Optional.empty();
  private Terminal.Size lastSize = USUAL;
  private long begin;

  /**
   * @param leave whether the last picture stays when the batch has ended
   */
  public LiveView(PrintStream out, Terminal terminal, boolean leave) {
    this(
        new Painter(out),
        new TrackLines(terminal.hasColors()),
        terminal::size,
        System::nanoTime,
        leave);
  }

  LiveView(
      Painter painter,
      TrackLines lines,
      Supplier<Optional<Terminal.Size>> size,
      LongSupplier clock,
      boolean leave) {
    this.painter = requireNonNull(painter, "painter is null");
    this.lines = requireNonNull(lines, "lines is null");
    this.size = requireNonNull(size, "size is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.leave = leave;
  }

  /** Shows a line that stays, above the picture if there is one. */
  public synchronized void note(String line) {
    painter.above(line, tracks.isEmpty() ? List.of() : picture());
  }

  @Override
  public synchronized void planned(List<Input> inputs) {
    tracks = inputs.stream().map(input -> new Track(input.name())).toList();
    begin = clock.getAsLong();
    lastSize = size.get().orElse(USUAL);
    draw();
    ticker = Optional.of(Thread.ofVirtual().name("live-view").start(this::tick));
  }

  @Override
  public synchronized void begun(int index, Input input) {
    tracks.get(index).begun(clock.getAsLong());
  }

  @Override
  public synchronized void told(int index, Input input, TaskView view) {
    tracks.get(index).told(view, clock.getAsLong());
  }

  @Override
  public synchronized void finished(int index, Row row) {
    tracks.get(index).finished(row.completed(), clock.getAsLong());
  }

  @Override
  public synchronized void ended() {
    if (tracks.isEmpty()) {
      return;
    }
    ticker.ifPresent(Thread::interrupt);
    if (leave) {
      draw();
    } else {
      painter.erase();
    }
    tracks = List.of();
  }

  private void tick() {
    try {
      for (int pictures = 1; ; pictures++) {
        Thread.sleep(BETWEEN_PICTURES);
        Optional<Terminal.Size> now =
            pictures % PICTURES_PER_SIZE == 0 ? size.get() : Optional.empty();
        if (!again(now)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean again(Optional<Terminal.Size> changed) {
    if (tracks.isEmpty()) {
      return false;
    }
    lastSize = changed.orElse(lastSize);
    draw();
    return true;
  }

  private void draw() {
    painter.draw(picture());
  }

  private List<String> picture() {
    long now = clock.getAsLong();
    return lines.of(tracks, lastSize, Duration.ofNanos(now - begin), now);
  }
}
