package dev.in.runner.process;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.function.Consumer;

/** Starts a component of the stack, and restarts it when it exits. */
public final class Supervisor {
  /** More deaths in a row, each soon after the start, are no accidents. */
  private static final int MAX_DEATHS = 5;

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration INITIAL_BACKOFF = Duration.ofMillis(100);

  private final Component component;
  private final Children children;
  private final Consumer<String> notes;
  private final Consumer<StackFailure> givenUp;
  private final Duration firstPause;
  private volatile Child child;

  /**
   * @param children the group that the component belongs to: while that is being stopped an exit is
   *     expected
   * @param notes receives a sentence for people when the component exits and when it is up again
   * @param givenUp receives the failure when the component cannot be kept running
   */
  public Supervisor(
      Component component,
      Children children,
      Consumer<String> notes,
      Consumer<StackFailure> givenUp) {
    this(component, children, notes, givenUp, INITIAL_BACKOFF);
  }

  /**
   * @param firstPause before the first try; each further one waits twice as long
   */
  Supervisor(
      Component component,
      Children children,
      Consumer<String> notes,
      Consumer<StackFailure> givenUp,
      Duration firstPause) {
    this.component = requireNonNull(component, "component is null");
    this.children = requireNonNull(children, "children is null");
    this.notes = requireNonNull(notes, "notes is null");
    this.givenUp = requireNonNull(givenUp, "givenUp is null");
    this.firstPause = requireNonNull(firstPause, "firstPause is null");
  }

  /** Starts the component and returns when it is up; from then on it is restarted when it exits. */
  public void start() throws StackFailure, InterruptedException {
    child = component.start();
    Thread.ofVirtual().name(component.name() + "-supervisor").start(this::keep);
  }

  public Component component() {
    return component;
  }

  /** The current process. */
  public Child child() {
    return child;
  }

  private void keep() {
    try {
      int deaths = 0;
      while (true) {
        long startedAt = System.nanoTime();
        int exit = child.awaitExit();
        if (children.ending()) {
          return;
        }
        boolean soon = System.nanoTime() - startedAt < SOON.toNanos();
        deaths = soon ? deaths + 1 : 1;
        notes.accept("%s exited (%d) and is restarted".formatted(component.name(), exit));
        child = startAgain(deaths);
        notes.accept(component.name() + " is up again");
      }
    } catch (StackFailure failure) {
      if (!children.ending()) {
        givenUp.accept(failure);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Child startAgain(int deaths) throws StackFailure, InterruptedException {
    for (int tries = deaths; ; tries++) {
      if (tries > MAX_DEATHS) {
        throw new StackFailure(
            "%s does not stay up: tried %d times".formatted(component.name(), MAX_DEATHS));
      }
      Thread.sleep(firstPause.multipliedBy(1L << (tries - 1)));
      try {
        return component.start();
      } catch (StackFailure failure) {
        if (tries == MAX_DEATHS || children.ending()) {
          throw failure;
        }
        notes.accept(failure.getMessage());
      }
    }
  }

  /** Something that runs as one process. */
  public interface Component {
    String name();

    /** Starts it and returns when it is up. */
    Child start() throws StackFailure, InterruptedException;

    /** The port on which it listens, once it has been started. */
    int port();
  }
}
