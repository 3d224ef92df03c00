package dev.in.core.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;

/**
 * Lets several threads run one at a time, from one step to the next, in an order that a seed
 * decides: the same seed gives the same interleaving.
 */
final class TurnScheduler {
  private final Random random;
  private final List<Runner> running = new ArrayList<>();
  private final Semaphore back = new Semaphore(0);
  private Runner current;

  TurnScheduler(Random random) {
    this.random = random;
  }

  /** A new thread that waits for its first turn. */
  void start(Runnable task) {
    Runner runner = new Runner();
    running.add(runner);
    Thread.ofVirtual()
        .start(
            () -> {
              runner.turn.acquireUninterruptibly();
              try {
                task.run();
              } finally {
                running.remove(runner);
                back.release();
              }
            });
  }

  int running() {
    return running.size();
  }

  /** Gives one thread its turn, until it comes to its next step or ends. */
  void turn() {
    current = running.get(random.nextInt(running.size()));
    current.turn.release();
    back.acquireUninterruptibly();
  }

  /** Called by a thread between two steps: others may have their turn now. */
  void step() {
    Runner me = current;
    back.release();
    me.turn.acquireUninterruptibly();
  }

  private static final class Runner {
    private final Semaphore turn = new Semaphore(0);
  }
}
