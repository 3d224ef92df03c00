package dev.in.core.engine;

import dev.in.core.engine.Instance.Slot;
import dev.in.core.failure.Deadline;
import dev.in.core.failure.TransientFailure;
import dev.in.core.handler.Delivery;
import dev.in.core.handler.Outcome;
import dev.in.core.handler.Outcome.Ack;
import dev.in.core.handler.Outcome.Nack;
import dev.in.core.publish.Publications;
import dev.in.core.task.Lease;
import dev.in.core.task.StageError;
import dev.in.core.task.StoredTask;
import dev.in.core.task.TaskDocument;
import dev.in.events.DownloadRequested;
import dev.in.events.FailureCode;
import dev.in.events.Payload;
import dev.in.events.RecognizedPayload;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One delivery's way through the engine's steps. An empty outcome inside means: look again.
 *
 * <p>A write whose outcome is unknown is treated like a lost guard: the next look shows whether it
 * happened.
 */
final class DeliveryAttempt {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration MAX_PAUSE = Duration.ofSeconds(2);

  private static final StageError EXHAUSTED =
      new StageError(
          FailureCode.ATTEMPTS_EXHAUSTED,
          "The work was begun "
              + (DeliveryRules.MAX_EXPIRIES_ALONE + 1)
              + " times and ended its process each time.");

  private static final StageError TOO_OLD =
      new StageError(FailureCode.TIMED_OUT, "The task waited beyond its deadline.");

  private final StageContext context;
  private final Delivery<? extends Payload> delivery;
  private final RecognizedPayload payload;
  private final String token;
  private final Deadline requestEnd;
  private final Duration recordingTime;

  private Duration nextPause = FIRST_PAUSE;

  /** Whether there may be a claim of ours, which nobody else would release. */
  private boolean mayHoldLease;

  /** Whether the last write may or may not have happened. */
  private boolean outcomeUnknown;

  DeliveryAttempt(
      StageContext context,
      Delivery<? extends Payload> delivery,
      RecognizedPayload payload,
      String token) {
    this.context = context;
    this.delivery = delivery;
    this.payload = payload;
    this.token = token;
    this.requestEnd = Deadline.in(context.topology().clocks().requestTimeout(), context.clock());
    this.recordingTime =
        context
            .topology()
            .clocks()
            .lease()
            .minus(context.topology().clocks().workBudget())
            .dividedBy(2);
  }

  Outcome run() {
    Optional<DownloadRequested> toCreate =
        payload instanceof DownloadRequested request && delivery.event().run() == 1
            ? Optional.of(request)
            : Optional.empty();
    while (true) {
      outcomeUnknown = false;
      Optional<Outcome> outcome = toCreate.flatMap(this::create);
      if (outcome.isPresent()) {
        return outcome.get();
      }
      Optional<StoredTask> stored = look();
      if (stored.isPresent() || toCreate.isEmpty() || !outcomeUnknown) {
        toCreate = Optional.empty();
        outcome = act(stored);
      }
      if (outcome.isPresent()) {
        return outcome.get();
      }
      if (context.instance().isStopping()) {
        return new Nack("shutting down");
      }
      if (!pause()) {
        return new Nack("the task stayed busy");
      }
    }
  }

  /** The chain's first stage makes the document, claimed at once: that saves a read. */
  private Optional<Outcome> create(DownloadRequested request) {
    Instant now = now();
    TaskDocument document =
        TaskDocument.create(
            delivery.event().task(),
            request.input(),
            request.features(),
            request.skipAnalysis(),
            delivery.routing(),
            now,
            context.topology().clocks().documentTtl());
    Instant deadline =
        delivery.event().timestamp().plus(context.topology().clocks().taskDeadline());
    if (now.isAfter(deadline)) {
      return attempted(
              () ->
                  context.store().create(document.failed(context.stage(), TOO_OLD, now), callEnd()))
          .map(this::publishFailure);
    }
    return inSlot(
        false,
        () -> {
          Instant start = now();
          return attempted(
              () ->
                  context
                      .store()
                      .create(
                          document.with(
                              context.stage(),
                              document.stage(context.stage()).claimed(lease(start), start),
                              start),
                          callEnd()));
        });
  }

  Optional<Outcome> act(Optional<StoredTask> stored) {
    return stored.isEmpty() ? Optional.of(new Ack("no such task")) : act(stored.get());
  }

  private Optional<Outcome> act(StoredTask found) {
    StoredTask stored = context.endedClaims().released(found, context.stage());
    TaskDocument document = stored.document();
    return switch (context
        .rules()
        .decide(document, delivery.event().run(), delivery.message(), token, now())) {
      case Decision.Finish(Outcome outcome) -> Optional.of(outcome);
      case Decision.Publish(Publications publications, String reason) ->
          Optional.of(publish(publications, document, new Ack(reason)));
      case Decision.Claim(boolean alone) -> inSlot(alone, () -> claim(stored));
      case Decision.Resume(boolean alone) -> inSlot(alone, () -> Optional.of(stored));
      case Decision.Wait() -> Optional.empty();
      case Decision.Exhausted() ->
          attempted(
                  () ->
                      context
                          .store()
                          .update(
                              stored,
                              document.failed(context.stage(), EXHAUSTED, now()),
                              context.stage(),
                              callEnd()))
              .map(this::publishFailure);
    };
  }

  /** Claims and works, where this instance has room for it. */
  private Optional<Outcome> inSlot(boolean alone, Supplier<Optional<StoredTask>> claim) {
    StoredTask claimed;
    StageResult result;
    Optional<Slot> slot =
        context.instance().enter(alone, requestEnd.remaining().minus(recordingTime));
    if (slot.isEmpty()) {
      return Optional.of(
          new Nack(context.instance().isStopping() ? "shutting down" : "the instance is busy"));
    }
    try (Slot _ = slot.get()) {
      Optional<StoredTask> mine = claim.get();
      if (mine.isEmpty()) {
        return Optional.empty();
      }
      claimed = mine.get();
      result = context.worker().work(claimed.document(), budget(claimed));
    }
    return new Recording(this, context, token).record(claimed, result);
  }

  private Optional<StoredTask> claim(StoredTask stored) {
    Instant now = now();
    TaskDocument document = stored.document();
    return attempted(
        () ->
            context
                .store()
                .update(
                    stored,
                    document.with(
                        context.stage(),
                        document.stage(context.stage()).claimed(lease(now), now),
                        now),
                    context.stage(),
                    callEnd()));
  }

  /** What the lease and the request have left once the result can be recorded safely. */
  private Deadline budget(StoredTask claimed) {
    Instant leaseEnd = claimed.document().stage(context.stage()).lease().orElseThrow().until();
    Instant latest = leaseEnd.isBefore(requestEnd.at()) ? leaseEnd : requestEnd.at();
    Instant end = context.clock().instant().plus(context.topology().clocks().workBudget());
    Instant recording = latest.minus(recordingTime);
    return new Deadline(end.isBefore(recording) ? end : recording, context.clock());
  }

  /** A claim or a verdict; empty also where its outcome is unknown. */
  private Optional<StoredTask> attempted(Supplier<Optional<StoredTask>> write) {
    mayHoldLease = true;
    try {
      return write.get();
    } catch (TransientFailure e) {
      outcomeUnknown = true;
      return Optional.empty();
    }
  }

  /** Persistent only where a lease of ours may be waiting. */
  Optional<StoredTask> look() {
    while (true) {
      try {
        return context.store().read(delivery.event().taskId(), callEnd());
      } catch (TransientFailure e) {
        if (!mayHoldLease || !pause()) {
          throw e;
        }
      }
    }
  }

  /** A pause before the next look; false if the request has no time left for one. */
  boolean pause() {
    if (requestEnd.remaining().compareTo(nextPause) <= 0) {
      return false;
    }
    context.instance().pause(nextPause);
    Duration doubled = nextPause.multipliedBy(2);
    nextPause = doubled.compareTo(MAX_PAUSE) < 0 ? doubled : MAX_PAUSE;
    return true;
  }

  /** No single call may use up the time that is left for another try. */
  Deadline callEnd() {
    return Deadline.in(requestEnd.remaining(recordingTime), context.clock());
  }

  boolean isOfThisRun(TaskDocument document) {
    return document.task().run() == delivery.event().run();
  }

  Outcome publishFailure(StoredTask failed) {
    return publish(
        context.outbox().terminal(failed.document()), failed.document(), new Ack("failed"));
  }

  Outcome publish(Publications publications, TaskDocument document, Outcome then) {
    context.publisher().publish(publications, document.routing(), requestEnd);
    return then;
  }

  private Lease lease(Instant now) {
    return new Lease(
        token,
        delivery.message().messageId(),
        delivery.message().deliveryAttempt(),
        now.plus(context.topology().clocks().lease()));
  }

  /** Milliseconds are what events carry; the document says the same. */
  Instant now() {
    return context.clock().instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
