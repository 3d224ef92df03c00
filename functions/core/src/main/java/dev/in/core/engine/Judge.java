package dev.in.core.engine;

import static java.util.Objects.requireNonNull;

import dev.in.core.push.Outcome;
import dev.in.core.push.Outcome.Ack;
import dev.in.core.push.Outcome.Nack;
import dev.in.core.push.PushMessage;
import dev.in.core.task.Lease;
import dev.in.core.task.StageState;
import dev.in.core.task.TaskDocument;
import dev.in.events.Stage;
import dev.in.topology.Topology;
import java.time.Instant;

/** Judges a delivery by the task document: the first of the engine's six steps, without any I/O. */
final class Judge {
  /** So many claims may end without a word; the next one is not made. */
  static final int MAX_CRASHES = 5;

  private final Stage stage;
  private final Topology topology;
  private final Outbox outbox;

  Judge(Stage stage, Topology topology) {
    this.stage = requireNonNull(stage, "stage is null");
    this.topology = requireNonNull(topology, "topology is null");
    this.outbox = new Outbox(topology);
  }

  /**
   * @param run the message's
   * @param token this delivery's own
   */
  Verdict judge(TaskDocument document, int run, PushMessage message, String token, Instant now) {
    if (run < document.task().run()) {
      return settled(new Ack("older run"));
    }
    if (run > document.task().run()) {
      return settled(new Nack("newer run than the document's"));
    }
    if (document.status().terminal()) {
      return new Verdict.Republish(outbox.ending(document), "task ended");
    }
    StageState state = document.stage(stage);
    return switch (state.status()) {
      case PENDING -> new Verdict.Claimable();
      case RUNNING -> judgeRunning(state, state.lease().orElseThrow(), message, token, now);
      case COMPLETED -> judgeCompleted(document);
      case FAILED -> throw new IllegalStateException("a failed stage fails the task");
    };
  }

  private Verdict judgeCompleted(TaskDocument document) {
    boolean nextHasStarted =
        topology.next(stage).map(next -> document.stage(next).attempts() > 0).orElse(false);
    return nextHasStarted
        ? settled(new Ack("next stage has started"))
        : new Verdict.Republish(outbox.following(document, stage), "stage completed");
  }

  private static Verdict judgeRunning(
      StageState state, Lease lease, PushMessage message, String token, Instant now) {
    if (lease.token().equals(token)) {
      return new Verdict.Mine();
    }
    if (now.isBefore(lease.until()) && !supersedes(message, lease)) {
      return settled(
          lease.messageId().equals(message.messageId())
              ? new Nack("lease is live")
              : new Ack("another message holds the lease"));
    }
    return state.crashesIfClaimedNow() >= MAX_CRASHES
        ? new Verdict.Exhausted()
        : new Verdict.Claimable();
  }

  /** A later delivery of the same message: Pub/Sub has given the holder up. */
  private static boolean supersedes(PushMessage message, Lease lease) {
    return lease.messageId().equals(message.messageId())
        && message.deliveryAttempt() > lease.deliveryAttempt();
  }

  private static Verdict settled(Outcome outcome) {
    return new Verdict.Settled(outcome);
  }
}
