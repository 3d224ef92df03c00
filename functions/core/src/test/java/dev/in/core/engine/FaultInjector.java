package dev.in.core.engine;

import dev.in.core.engine.TestingWork.Crash;
import dev.in.core.failure.TransientFailure;
import java.util.Random;

/** What goes wrong between two steps, for as long as it is let. */
final class FaultInjector {
  private final Random random;
  private final int permille;
  private boolean over;

  /**
   * @param permille how likely each boundary is to go wrong
   */
  FaultInjector(Random random, int permille) {
    this.random = random;
    this.permille = permille;
  }

  void end() {
    over = true;
  }

  boolean strikes() {
    return !over && random.nextInt(1000) < permille;
  }

  /** At the boundary of a step: the process may end here, or something shared may fail. */
  void atBoundary() {
    if (strikes()) {
      throw new Crash();
    }
    if (strikes()) {
      throw new TransientFailure("faults", null);
    }
  }
}
