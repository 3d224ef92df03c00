package dev.in.runner.process;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Counts a component's exits within a time window. Times are System.nanoTime's. */
final class RestartBudget {
  private final SupervisionPolicy policy;
  private final Deque<Long> exits = new ArrayDeque<>();

  RestartBudget(SupervisionPolicy policy) {
    this.policy = policy;
  }

  /** Counts an exit, and returns how long to wait before the restart. */
  Duration exited(long now) {
    exits.addLast(now);
    forget(now);
    Duration backoff = policy.initialBackoff();
    for (int exit = 1; exit < exits.size() && backoff.compareTo(policy.maxBackoff()) < 0; exit++) {
      backoff = backoff.multipliedBy(2);
    }
    return backoff.compareTo(policy.maxBackoff()) < 0 ? backoff : policy.maxBackoff();
  }

  /** Whether the component has exited too often of late. */
  boolean exhausted(long now) {
    forget(now);
    return exits.size() >= policy.maxExits();
  }

  private void forget(long now) {
    while (!exits.isEmpty() && now - exits.getFirst() > policy.window().toNanos()) {
      exits.removeFirst();
    }
  }
}
