package dev.in.runner.process;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Children that are ended together. Once they are being ended no further one starts. */
public final class Children {
  private final Duration grace;
  private final List<Child> children = new ArrayList<>();
  private boolean ending;

  /**
   * @param grace how long they may take after TERM, before KILL
   */
  public Children(Duration grace) {
    this.grace = requireNonNull(grace, "grace is null");
  }

  /**
   * Starts one.
   *
   * @param parser extracts the awaited value from a line of output
   */
  public synchronized <T> StartingChild<T> start(
      ChildSpec spec, ChildLog log, Function<String, Optional<T>> parser) throws StackFailure {
    requireNonNull(spec, "spec is null");
    requireNonNull(log, "log is null");
    if (ending) {
      throw new StackFailure("everything is being ended");
    }
    children.removeIf(child -> !child.isAlive());
    StartingChild<T> started = Child.start(spec, log, parser);
    children.add(started.child());
    return started;
  }

  /** Whether they are being ended, or have been: then a child's exit is expected. */
  public synchronized boolean ending() {
    return ending;
  }

  /** Ends all; returns when none is left. May be called more than once. */
  public void end() throws InterruptedException {
    end(grace);
  }

  /** The same with another grace; a call with a shorter one in the meantime cuts it short. */
  public void end(Duration grace) throws InterruptedException {
    List<Child> left = beginToEnd();
    left.forEach(Child::terminate);
    long deadline = System.nanoTime() + grace.toNanos();
    for (Child child : left) {
      if (!child.awaitExit(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))) {
        child.kill();
      }
    }
    for (Child child : left) {
      child.awaitExit();
    }
  }

  private synchronized List<Child> beginToEnd() {
    ending = true;
    return List.copyOf(children);
  }
}
