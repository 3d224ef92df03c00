package dev.in.runner.process;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * Starts a component of the stack, and restarts it when it exits or is no longer alive. It is never
 * given up: the stack goes on without a component that keeps failing, and has it back once it
 * works.
 */
public final class Supervisor {
  private final Component component;
  private final Children children;
  private final Consumer<String> notes;
  private final SupervisionPolicy policy;
  private final RestartBudget budget;
  private volatile Child child;
  private boolean failing;
  private boolean held;

  /**
   * @param children the group that the component belongs to: while that is being stopped an exit is
   *     expected
   * @param notes receives a sentence for people whenever the component's state changes
   */
  public Supervisor(
      Component component, Children children, Consumer<String> notes, SupervisionPolicy policy) {
    this.component = requireNonNull(component, "component is null");
    this.children = requireNonNull(children, "children is null");
    this.notes = requireNonNull(notes, "notes is null");
    this.policy = requireNonNull(policy, "policy is null");
    this.budget = new RestartBudget(policy);
  }

  /** Starts the component and returns when it is up; from then on it is restarted when it fails. */
  public void start() throws StackFailure, InterruptedException {
    child = component.start();
    Thread.ofVirtual().name(component.name() + "-supervisor").start(this::supervise);
  }

  public Component component() {
    return component;
  }

  /** The current process. */
  public Child child() {
    return child;
  }

  /** Kills the process; it is not restarted before {@link #release}. */
  public synchronized void holdDown() {
    held = true;
    child.kill();
  }

  /** Ends {@link #holdDown}. */
  public synchronized void release() {
    held = false;
    notifyAll();
  }

  private synchronized void awaitRelease() throws InterruptedException {
    while (held && !children.ending()) {
      wait(policy.checkInterval().toMillis());
    }
  }

  private void supervise() {
    try {
      while (true) {
        String failure = awaitFailure();
        if (children.ending()) {
          return;
        }
        notes.accept("%s %s and is restarted".formatted(component.name(), failure));
        if (!restart()) {
          return;
        }
        notes.accept(component.name() + " is up again");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns what happened once the process has exited, by itself or killed for not being alive. */
  private String awaitFailure() throws InterruptedException {
    long aliveAt = System.nanoTime();
    while (!child.awaitExit(policy.checkInterval())) {
      Liveness state = component.liveness();
      long now = System.nanoTime();
      if (state == Liveness.ALIVE) {
        aliveAt = now;
      } else if (now - aliveAt > policy.limit(state).toNanos() && !children.ending()) {
        child.kill();
        child.awaitExit();
        return "does not answer any more";
      }
    }
    return "exited (%d)".formatted(child.awaitExit());
  }

  /** Tries until it is up; false if all are being ended in the meantime. */
  private boolean restart() throws InterruptedException {
    while (!children.ending()) {
      Duration backoff = budget.exited(System.nanoTime());
      noteIfFailing();
      Thread.sleep(backoff);
      awaitRelease();
      try {
        child = component.start();
        return true;
      } catch (StackFailure failure) {
        if (!children.ending()) {
          notes.accept(failure.getMessage());
        }
      }
    }
    return false;
  }

  private void noteIfFailing() {
    boolean exhausted = budget.exhausted(System.nanoTime());
    if (exhausted && !failing) {
      notes.accept(
          "%s has failed %d times within %d s: the rest goes on without it until it stays up"
              .formatted(component.name(), policy.maxExits(), policy.window().toSeconds()));
    }
    failing = exhausted;
  }

  /** Something that runs as one process. */
  public interface Component {
    String name();

    /** Starts it and returns when it is up. */
    Child start() throws StackFailure, InterruptedException;

    /** Checks the process that was started last; takes a few seconds at most. */
    Liveness liveness() throws InterruptedException;

    /** The port on which it listens, once it has been started. */
    int port();
  }
}
