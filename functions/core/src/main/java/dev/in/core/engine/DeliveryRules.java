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
  /** So many leases may expire in a row while the stage runs alone; the next claim is not made. */
  static final int MAX_EXPIRIES_ALONE = 5;

  private final Stage stage;
  private final Topology topology;
  private final Outbox outbox;
  private final Stalls stalls;

  DeliveryRules(Stage stage, Topology topology) {
    this.stage = requireNonNull(stage, "stage is null");
    this.topology = requireNonNull(topology, "topology is null");
    this.outbox = new Outbox(topology);
    this.stalls = new Stalls(topology);
  }

  /**
   * @param run the message's
   * @param token this delivery's own
   */
  Decision decide(
      TaskDocument document, int run, ReceivedMessage message, String token, Instant now) {
    if (run < document.task().run()) {
      return finish(new Ack("older run"));
    }
    if (run > document.task().run()) {
      return finish(new Nack("newer run than the document's"));
    }
    if (document.status().terminal()) {
      return new Decision.Publish(outbox.ending(document), "task ended");
    }
    StageState state = document.stage(stage);
    return switch (state.status()) {
      case PENDING -> new Decision.Claim(false);
      case RUNNING -> whileRunning(state, message, token, now);
      case COMPLETED -> onceCompleted(document, message, now);
      case FAILED -> throw new IllegalStateException("a failed stage fails the task");
    };
  }

  /**
   * The message that completed the stage comes again because its ack was lost, or because its
   * process ended before it had published: only a start of the next stage proves the former. Any
   * other message may be a repeat on behalf of a task that stands still.
   */
  private Decision onceCompleted(TaskDocument document, ReceivedMessage message, Instant now) {
    boolean nextHasStarted =
        topology.next(stage).map(next -> document.stage(next).attempts() > 0).orElse(false);
    if (!nextHasStarted && isFrom(message, document.stage(stage).lease().orElseThrow())) {
      return new Decision.Publish(outbox.following(document, stage), "stage completed");
    }
    return stalls.standsStill(document, now)
        ? new Decision.Publish(
            outbox.request(document, stalls.waitingFor(document)), "task stood still")
        : finish(new Ack("stage completed"));
  }

  private static Decision whileRunning(
      StageState state, ReceivedMessage message, String token, Instant now) {
    Lease lease = state.lease().orElseThrow();
    if (lease.token().equals(token)) {
      return new Decision.Resume(state.history().leaseExpiries() > 0);
    }
    if (now.isBefore(lease.until())) {
      if (!isFrom(message, lease)) {
        return finish(new Ack("another message holds the lease"));
      }
      // A later delivery takes over: Pub/Sub has given the holder's up.
      if (message.deliveryAttempt() <= lease.deliveryAttempt()) {
        return new Decision.Wait();
      }
    }
    // The first expiry happened beside other work; all later ones alone.
    return state.leaseExpiriesIfClaimedNow() > MAX_EXPIRIES_ALONE
        ? new Decision.Exhausted()
        : new Decision.Claim(true);
  }

  private static boolean isFrom(ReceivedMessage message, Lease lease) {
    return lease.messageId().equals(message.messageId());
  }

  private static Decision finish(Outcome outcome) {
    return new Decision.Finish(outcome);
  }
}
