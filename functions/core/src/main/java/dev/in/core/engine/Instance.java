package dev.in.core.engine;

import dev.in.core.failure.Deadline;
import java.time.Duration;
import java.util.Optional;

/** The process that the engine runs in: who works in it now, and until when. */
public interface Instance {

  /**
   * Waits until the work may begin.
   *
   * @param alone whether no other work may run beside it
   * @return empty if that took too long, or the instance is shutting down
   */
  Optional<Slot> enter(boolean alone, Duration atMost);

  /** Has the worker interrupted when its budget is used up or the instance shuts down. */
  Interruption interruptAt(Deadline budget, Thread worker);

  /** Whether SIGTERM has come: nothing new begins. */
  boolean isStopping();

  void pause(Duration time);

  /** The right to work, until it is closed. */
  interface Slot extends AutoCloseable {
    @Override
    void close();
  }

  /** Work that may be interrupted until it is closed. */
  interface Interruption extends AutoCloseable {
    /** Whether it was: whatever the work threw then says nothing about anybody else. */
    boolean happened();

    @Override
    void close();
  }
}
