package dev.in.core.engine;

import static java.util.Objects.requireNonNull;

import dev.in.core.task.StageStatus;
import dev.in.core.task.TaskDocument;
import dev.in.events.Stage;
import dev.in.topology.Topology;
import java.time.Duration;
import java.time.Instant;

/** Which stage a task waits for, and whether its message must be taken for lost. */
final class Stalls {
  private final Topology topology;

  Stalls(Topology topology) {
    this.topology = requireNonNull(topology, "topology is null");
  }

  /** The first stage that has not completed; the task has not ended. */
  Stage waitingFor(TaskDocument document) {
    return topology.chain().stream()
        .filter(stage -> document.stage(stage).status() != StageStatus.COMPLETED)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("every stage has completed"));
  }

  /** Nobody is at work, and nothing has changed for longer than a message can stay away. */
  boolean standsStill(TaskDocument document, Instant now) {
    return standsStill(document, now, 1);
  }

  /**
   * @param times so many times as long
   */
  boolean standsStill(TaskDocument document, Instant now, int times) {
    Duration longest = topology.clocks().backoff().maximum().plus(topology.clocks().ackDeadline());
    return !document.stage(waitingFor(document)).hasLiveLease(now)
        && document.updatedAt().plus(longest.multipliedBy(times)).isBefore(now);
  }
}
