package dev.in.runner.drill;

import dev.in.runner.process.Supervisor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Kills a process every few seconds, the edge or any function, once all are up again; which and
 * when, a seed decides. On a machine where a start takes longer they are killed less often, or
 * nothing would ever work.
 */
final class RandomKills implements AutoCloseable {
  private static final int MIN_PAUSE_MILLIS = 3_000;
  private static final int MAX_PAUSE_MILLIS = 8_000;
  private static final int CHECK_INTERVAL_MILLIS = 500;

  private final AtomicInteger count = new AtomicInteger();
  private final Thread thread;

  private RandomKills(DrillStack stack, Random random) {
    List<Supervisor> victims = new ArrayList<>();
    stack.functions().forEach(function -> victims.add(stack.function(function)));
    victims.add(stack.edgeSupervisor());
    this.thread =
        Thread.ofVirtual().name("kills").unstarted(() -> killForEver(stack, victims, random));
  }

  static RandomKills start(DrillStack stack, long seed) {
    RandomKills kills = new RandomKills(stack, new Random(seed));
    kills.thread.start();
    return kills;
  }

  int count() {
    return count.get();
  }

  private void killForEver(DrillStack stack, List<Supervisor> victims, Random random) {
    try {
      while (true) {
        Thread.sleep(random.nextInt(MIN_PAUSE_MILLIS, MAX_PAUSE_MILLIS));
        while (!stack.allAlive()) {
          Thread.sleep(CHECK_INTERVAL_MILLIS);
        }
        victims.get(random.nextInt(victims.size())).child().kill();
        count.incrementAndGet();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws InterruptedException {
    thread.interrupt();
    thread.join();
  }
}
