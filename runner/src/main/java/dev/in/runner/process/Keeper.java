package dev.in.runner.process;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.function.Consumer;

/** Starts a part of the stack, and starts it again when it dies. */
public final class Keeper {
  /** More deaths in a row, each soon after the start, are no accidents. */
  private static final int MAX_DEATHS = 5;

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

  private final Part part;
  private final Children children;
  private final Consumer<String> notes;
  private final Consumer<StackFailure> givenUp;
  private final Duration firstPause;
  private volatile Child child;

  /**
   * @param children the part's: its death is no accident when they are being ended
   * @param notes told, in words for people, when the part has died and is up again
   * @param givenUp told when the part cannot be kept running
   */
  public Keeper(
      Part part, Children children, Consumer<String> notes, Consumer<StackFailure> givenUp) {
    this(part, children, notes, givenUp, FIRST_PAUSE);
  }

  /**
   * @param firstPause before the first try; each further one waits twice as long
   */
  Keeper(
      Part part,
      Children children,
      Consumer<String> notes,
      Consumer<StackFailure> givenUp,
      Duration firstPause) {
    this.part = requireNonNull(part, "part is null");
    this.children = requireNonNull(children, "children is null");
    this.notes = requireNonNull(notes, "notes is null");
    this.givenUp = requireNonNull(givenUp, "givenUp is null");
    this.firstPause = requireNonNull(firstPause, "firstPause is null");
  }

  /** Starts the part and returns when it is up; from then on it is kept running. */
  public void start() throws StackFailure, InterruptedException {
    child = part.start();
    Thread.ofVirtual().name(part.name() + "-keeper").start(this::keep);
  }

  public Part part() {
    return part;
  }

  /** The part's process at this moment. */
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
        notes.accept("%s died (exit %d) and is started again".formatted(part.name(), exit));
        child = startAgain(deaths);
        notes.accept(part.name() + " is up again");
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
            "%s does not stay up: tried %d times".formatted(part.name(), MAX_DEATHS));
      }
      Thread.sleep(firstPause.multipliedBy(1L << (tries - 1)));
      try {
        return part.start();
      } catch (StackFailure failure) {
        if (tries == MAX_DEATHS || children.ending()) {
          throw failure;
        }
        notes.accept(failure.getMessage());
      }
    }
  }

  /** Something that runs as one process. */
  public interface Part {
    String name();

    /** Starts it and returns when it is up. */
    Child start() throws StackFailure, InterruptedException;

    /** The port on which it listens, once it has been started. */
    int port();
  }
}
