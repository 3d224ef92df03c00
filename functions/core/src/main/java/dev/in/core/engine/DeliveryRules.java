package dev.in.core.engine;

import static java.util.Objects.requireNonNull;

import dev.in.core.handler.Outcome;
import dev.in.core.handler.Outcome.Ack;
import dev.in.core.handler.Outcome.Nack;
import dev.in.core.handler.ReceivedMessage;
import dev.in.core.task.Lease;
import dev.in.core.task.StageState;
import dev.in.core.task.TaskDocument;
import dev.in.events.Stage;
import dev.in.topology.Topology;
import java.time.Instant;

/**
 * Decides what to do with a delivery from the task document: the first of the engine's six steps,
 * without any I/O.
 */
final class DeliveryRules {
  /** So many leases of a stage may expire without a result; the next claim is not made. */
  static final int MAX_CRASHES = 5;

  private final Stage stage;
  private final Topology topology;
  private final Outbox outbox;

  DeliveryRules(Stage stage, Topology topology) {
    this.stage = requireNonNull(stage, "stage is null");
    this.topology = requireNonNull(topology, "topology is null");
    this.outbox = new Outbox(topology);
  }

  /**
   * @param run the message's
   * @param token this delivery's own
   */
  Decision decide(
      TaskDocument document, int run, ReceivedMessage message, String token, Instant now) {
    if (run < document.task().run()) {
      return settled(new Ack("older run"));
    }
    if (run > document.task().run()) {
      return settled(new Nack("newer run than the document's"));
    }
    if (document.status().terminal()) {
      return new Decision.Republish(outbox.ending(document), "task ended");
    }
    StageState state = document.stage(stage);
    return switch (state.status()) {
      case PENDING -> new Decision.Claimable();
      case RUNNING -> whileRunning(state, state.lease().orElseThrow(), message, token, now);
      case COMPLETED -> onceCompleted(document);
      case FAILED -> throw new IllegalStateException("a failed stage fails the task");
    };
  }

  private Decision onceCompleted(TaskDocument document) {
    boolean nextHasStarted =
        topology.next(stage).map(next -> document.stage(next).attempts() > 0).orElse(false);
    return nextHasStarted
        ? settled(new Ack("next stage has started"))
        : new Decision.Republish(outbox.following(document, stage), "stage completed");
  }

  private static Decision whileRunning(
      StageState state, Lease lease, ReceivedMessage message, String token, Instant now) {
    if (lease.token().equals(token)) {
      return new Decision.Mine();
    }
    if (now.isBefore(lease.until()) && !supersedes(message, lease)) {
      return settled(
          lease.messageId().equals(message.messageId())
              ? new Nack("lease is live")
              : new Ack("another message holds the lease"));
    }
    return state.crashesIfClaimedNow() >= MAX_CRASHES
        ? new Decision.Exhausted()
        : new Decision.Claimable();
  }

  /** A later delivery of the same message: Pub/Sub has given the holder up. */
  private static boolean supersedes(ReceivedMessage message, Lease lease) {
    return lease.messageId().equals(message.messageId())
        && message.deliveryAttempt() > lease.deliveryAttempt();
  }

  private static Decision settled(Outcome outcome) {
    return new Decision.Settled(outcome);
  }
}
