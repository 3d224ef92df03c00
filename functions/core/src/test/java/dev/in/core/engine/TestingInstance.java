package dev.in.core.engine;

import dev.in.core.failure.Deadline;
import dev.in.core.testing.TestingClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An instance with room for everything, whose pauses move the clock. */
final class TestingInstance implements Instance {
  private final TestingClock clock;
  private final List<Boolean> entered = new ArrayList<>();
  private Runnable atPause = () -> {};
  private boolean busy;
  private boolean stopping;
  private boolean interrupting;

  TestingInstance(TestingClock clock) {
    this.clock = clock;
  }

  @Override
  public Optional<Slot> enter(boolean alone, Duration atMost) {
    if (busy || stopping) {
      return Optional.empty();
    }
    entered.add(alone);
    return Optional.of(() -> {});
  }

  @Override
  public Interruption interruptAt(Deadline budget, Thread worker) {
    return new Interruption() {
      @Override
      public boolean happened() {
        return interrupting;
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public boolean isStopping() {
    return stopping;
  }

  @Override
  public void pause(Duration time) {
    clock.advance(time);
    atPause.run();
  }

  /** What happens during each pause. */
  void atPause(Runnable hook) {
    atPause = hook;
  }

  /** From now on there is no room. */
  void fill() {
    busy = true;
  }

  void stop() {
    stopping = true;
  }

  /** All work counts as interrupted. */
  void interrupt() {
    interrupting = true;
  }

  /** For each piece of work, whether it asked to be alone. */
  List<Boolean> entered() {
    return entered;
  }
}
