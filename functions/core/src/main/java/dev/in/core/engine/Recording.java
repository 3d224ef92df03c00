package dev.in.core.engine;

import dev.in.core.failure.TransientFailure;
import dev.in.core.handler.Outcome;
import dev.in.core.handler.Outcome.Ack;
import dev.in.core.handler.Outcome.Nack;
import dev.in.core.task.Lease;
import dev.in.core.task.StageError;
import dev.in.core.task.StageHistory.UnexpectedErrors;
import dev.in.core.task.StageState;
import dev.in.core.task.StageStatus;
import dev.in.core.task.StoredTask;
import dev.in.core.task.TaskDocument;
import dev.in.events.FailureCode;
import java.time.Instant;
import java.util.Optional;

/**
 * Records how a stage's work ended. A success in hand is never thrown away: when its guard is lost
 * or its write's outcome is unknown, it is written on top of the latest document. Failures and
 * releases are written by the holder of the lease alone.
 */
final class Recording {
  /** So many errors in a row that look like bugs fail the task, if they are spread over a while. */
  private static final int MAX_UNEXPECTED = 3;

  private static final StageError INTERNAL =
      new StageError(FailureCode.INTERNAL, "An error of iN's own stopped the work three times.");

  private final DeliveryAttempt attempt;
  private final StageContext context;
  private final String token;

  Recording(DeliveryAttempt attempt, StageContext context, String token) {
    this.attempt = attempt;
    this.context = context;
    this.token = token;
  }

  /** Empty if there is reason to look again later. */
  Optional<Outcome> record(StoredTask claimed, StageResult result) {
    Lease lease = claimed.document().stage(context.stage()).lease().orElseThrow();
    StoredTask latest = claimed;
    while (true) {
      TaskDocument after = after(latest.document(), lease, result);
      Optional<StoredTask> written = write(latest, after);
      if (written.isPresent()) {
        return Optional.of(conclude(written.get(), result));
      }
      Optional<StoredTask> found = attempt.look();
      if (found.isEmpty() || !mayWrite(found.get().document(), result)) {
        return lost(found, result);
      }
      if (!attempt.pause()) {
        return Optional.of(new Nack("the task stayed busy"));
      }
      latest = found.get();
    }
  }

  private TaskDocument after(TaskDocument document, Lease lease, StageResult result) {
    Instant now = attempt.now();
    StageState state = document.stage(context.stage());
    return switch (result) {
      case StageResult.Done(var output) -> {
        boolean last = context.topology().next(context.stage()).isEmpty();
        yield document.completed(context.stage(), lease, output, last, now);
      }
      case StageResult.Failed(StageError error) -> document.failed(context.stage(), error, now);
      case StageResult.Transient(String error) ->
          document.with(context.stage(), state.released(error), now);
      case StageResult.Unexpected(String error) ->
          isBug(state.history().unexpectedErrors(), now)
              ? document.failed(context.stage(), INTERNAL, now)
              : document.with(context.stage(), state.releasedAfterUnexpected(error, now), now);
    };
  }

  /** Whether one more error of that kind makes it a bug that no retry can help. */
  private boolean isBug(Optional<UnexpectedErrors> before, Instant now) {
    return before
        .filter(row -> row.count() + 1 >= MAX_UNEXPECTED)
        .filter(row -> !now.isBefore(row.since().plus(context.topology().clocks().internalAfter())))
        .isPresent();
  }

  private boolean mayWrite(TaskDocument document, StageResult result) {
    if (!attempt.isOfThisRun(document) || document.status().terminal()) {
      return false;
    }
    StageState state = document.stage(context.stage());
    return result instanceof StageResult.Done
        ? state.status() != StageStatus.COMPLETED
        : state.isHeldBy(token);
  }

  /** Empty also where the outcome is unknown. */
  private Optional<StoredTask> write(StoredTask latest, TaskDocument after) {
    try {
      return context.store().update(latest, after, context.stage(), attempt.callEnd());
    } catch (TransientFailure e) {
      if (!attempt.pause()) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private Outcome conclude(StoredTask written, StageResult result) {
    TaskDocument document = written.document();
    if (result instanceof StageResult.Done) {
      return attempt.publish(
          context.outbox().following(document, context.stage()), document, new Ack("done"));
    }
    return document.status().terminal() ? attempt.publishFailure(written) : retry(result);
  }

  /** Somebody else has moved the task on: what is there to do is in the document. */
  private Optional<Outcome> lost(Optional<StoredTask> found, StageResult result) {
    return switch (result) {
      case StageResult.Done _, StageResult.Failed _ -> attempt.act(found);
      case StageResult.Transient _, StageResult.Unexpected _ -> Optional.of(retry(result));
    };
  }

  private static Outcome retry(StageResult result) {
    return new Nack(
        result instanceof StageResult.Unexpected ? "unexpected error" : "transient failure");
  }
}
