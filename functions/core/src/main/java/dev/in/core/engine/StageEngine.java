package dev.in.core.engine;

import static java.util.Objects.requireNonNull;

import dev.in.core.failure.Deadline;
import dev.in.core.handler.Delivery;
import dev.in.core.handler.EventHandler;
import dev.in.core.handler.Outcome;
import dev.in.core.handler.Outcome.Ack;
import dev.in.core.handler.Outcome.Nack;
import dev.in.core.publish.EventPublisher;
import dev.in.core.publish.Publications;
import dev.in.core.task.Lease;
import dev.in.core.task.StageError;
import dev.in.core.task.StageState;
import dev.in.core.task.StoredTask;
import dev.in.core.task.TaskDocument;
import dev.in.core.task.TaskStatus;
import dev.in.core.task.TaskStore;
import dev.in.events.DownloadRequested;
import dev.in.events.FailureCode;
import dev.in.events.MalformedEventException;
import dev.in.events.Payload;
import dev.in.events.RecognizedPayload;
import dev.in.events.Stage;
import dev.in.topology.Topology;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Runs one stage so that nothing is lost and nothing counts twice, however often Pub/Sub delivers:
 * look, claim, work, complete, publish, ack.
 *
 * <p>Only the guarded writes are needed for that; the lease merely saves work. The document is the
 * outbox, and redelivery is its relay: whoever finds a completed stage whose successor has not
 * started publishes again what follows.
 */
public final class StageEngine implements EventHandler {
  /** How often one request looks again after losing a guard; then the message may come back. */
  private static final int MAX_LOOKS = 5;

  private static final StageError EXHAUSTED =
      new StageError(
          FailureCode.ATTEMPTS_EXHAUSTED,
          "The work was begun " + DeliveryRules.MAX_CRASHES + " times and never ended.");

  private final Stage stage;
  private final StageWorker worker;
  private final DeliveryRules rules;
  private final Outbox outbox;
  private final Topology topology;
  private final TaskStore store;
  private final EventPublisher publisher;
  private final InstantSource clock;
  private final Supplier<String> tokens;

  /**
   * @param tokens gives a fresh random token each time
   */
  public StageEngine(
      StageWork work,
      StageWorker.Watch watch,
      Topology topology,
      TaskStore store,
      EventPublisher publisher,
      InstantSource clock,
      Supplier<String> tokens) {
    this.stage = work.stage();
    this.worker = new StageWorker(work, watch);
    this.rules = new DeliveryRules(stage, topology);
    this.outbox = new Outbox(topology);
    this.topology = requireNonNull(topology, "topology is null");
    this.store = requireNonNull(store, "store is null");
    this.publisher = requireNonNull(publisher, "publisher is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.tokens = requireNonNull(tokens, "tokens is null");
  }

  @Override
  public Outcome handle(Delivery<? extends Payload> delivery) throws MalformedEventException {
    if (!(delivery.event().payload() instanceof RecognizedPayload payload)
        || payload.type() != stage.request()) {
      throw new MalformedEventException(
          "a " + delivery.event().eventType() + " is not for " + stage);
    }
    return new Attempt(delivery, payload).run();
  }

  /** One delivery's way through the steps. */
  private final class Attempt {
    private final Delivery<? extends Payload> delivery;
    private final RecognizedPayload payload;
    private final String token = tokens.get();
    private final Deadline deadline = Deadline.in(topology.clocks().lease(), clock);
    private Optional<StageResult> result = Optional.empty();

    Attempt(Delivery<? extends Payload> delivery, RecognizedPayload payload) {
      this.delivery = delivery;
      this.payload = payload;
    }

    Outcome run() {
      Optional<StoredTask> created = createIfFirst();
      if (created.isPresent()) {
        Optional<Outcome> outcome = workAndRecord(created.get());
        if (outcome.isPresent()) {
          return outcome.get();
        }
      }
      for (int look = 0; look < MAX_LOOKS; look++) {
        Optional<StoredTask> stored = store.read(delivery.event().taskId(), deadline);
        if (stored.isEmpty()) {
          return new Ack("no such task");
        }
        Optional<Outcome> outcome = settle(stored.get());
        if (outcome.isPresent()) {
          return outcome.get();
        }
      }
      return new Nack("contended");
    }

    /** The chain's first stage makes the document, claimed at once: that saves a read. */
    private Optional<StoredTask> createIfFirst() {
      if (!(payload instanceof DownloadRequested request)) {
        return Optional.empty();
      }
      Instant now = now();
      return store.create(
          new TaskDocument(
              delivery.event().task(),
              TaskStatus.PROCESSING,
              request.input(),
              request.features(),
              delivery.routing(),
              Map.of(stage, StageState.PENDING.claimed(lease(now), now)),
              now,
              now,
              now.plus(topology.clocks().documentTtl())),
          deadline);
    }

    /** Empty if a guard was lost and another look is needed. */
    private Optional<Outcome> settle(StoredTask stored) {
      Decision decision =
          rules.decide(stored.document(), delivery.event().run(), delivery.message(), token, now());
      return switch (decision) {
        case Decision.Settled(Outcome outcome) -> Optional.of(outcome);
        case Decision.Republish(Publications publications, String reason) ->
            Optional.of(publish(publications, new Ack(reason)));
        case Decision.Claimable() -> claim(stored).flatMap(this::workAndRecord);
        case Decision.Mine() -> workAndRecord(stored);
        case Decision.Exhausted() -> recordExhausted(stored);
      };
    }

    private Optional<StoredTask> claim(StoredTask stored) {
      Instant now = now();
      StageState claimed = stored.document().stage(stage).claimed(lease(now), now);
      return write(stored, claimed, TaskStatus.PROCESSING, now);
    }

    private Optional<Outcome> workAndRecord(StoredTask claimed) {
      if (result.isEmpty()) {
        Deadline budget = Deadline.in(topology.clocks().workBudget(), clock);
        result = Optional.of(worker.work(claimed.document(), budget));
      }
      return record(claimed, result.get());
    }

    private Optional<Outcome> record(StoredTask claimed, StageResult outcome) {
      StageState state = claimed.document().stage(stage);
      Instant now = now();
      return switch (outcome) {
        case StageResult.Done(var output) ->
            write(claimed, state.completed(output, now), statusOnceDone(), now)
                .map(done -> publish(outbox.following(done.document(), stage), new Ack("done")));
        case StageResult.Failed(StageError error) ->
            recordFailure(claimed, state.failed(error, now), now);
        case StageResult.Transient(String fault) -> {
          // A lost guard means that someone else has taken over: nothing is left to release.
          write(claimed, state.released(fault), TaskStatus.PROCESSING, now);
          yield Optional.of(new Nack("transient failure"));
        }
      };
    }

    /** One write, guarded by the look that found it so: there is nothing to claim any more. */
    private Optional<Outcome> recordExhausted(StoredTask stored) {
      Instant now = now();
      return recordFailure(
          stored, stored.document().stage(stage).crashed().failed(EXHAUSTED, now), now);
    }

    private Optional<Outcome> recordFailure(StoredTask before, StageState failed, Instant now) {
      return write(before, failed, TaskStatus.FAILED, now)
          .map(written -> publish(outbox.terminal(written.document()), new Ack("failed")));
    }

    private TaskStatus statusOnceDone() {
      return topology.next(stage).isPresent() ? TaskStatus.PROCESSING : TaskStatus.COMPLETED;
    }

    private Optional<StoredTask> write(
        StoredTask before, StageState state, TaskStatus status, Instant now) {
      return store.update(
          before, before.document().with(stage, state, status, now), stage, deadline);
    }

    private Outcome publish(Publications publications, Outcome then) {
      publisher.publish(publications, delivery.routing(), deadline);
      return then;
    }

    private Lease lease(Instant now) {
      return new Lease(
          token,
          delivery.message().messageId(),
          delivery.message().deliveryAttempt(),
          now.plus(topology.clocks().lease()));
    }
  }

  /** Milliseconds are what events carry; the document says the same. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
