package dev.in.core.engine;

import static java.util.Objects.requireNonNull;

import dev.in.core.handler.Delivery;
import dev.in.core.handler.EventHandler;
import dev.in.core.handler.Outcome;
import dev.in.core.publish.EventPublisher;
import dev.in.core.task.TaskStore;
import dev.in.events.MalformedEventException;
import dev.in.events.Payload;
import dev.in.events.RecognizedPayload;
import dev.in.events.Stage;
import dev.in.topology.Topology;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * Runs one stage so that nothing is lost and nothing counts twice, however often Pub/Sub delivers:
 * look, claim, work, complete, publish, ack.
 *
 * <p>Only the guarded writes are needed for that; the lease merely saves work. The document is the
 * outbox, and redelivery is its relay.
 */
public final class StageEngine implements EventHandler {
  private final StageContext context;
  private final Supplier<String> tokens;

  /**
   * @param tokens gives a fresh random token each time
   */
  public StageEngine(
      StageWork work,
      Instance instance,
      Topology topology,
      TaskStore store,
      EventPublisher publisher,
      InstantSource clock,
      Supplier<String> tokens) {
    Stage stage = work.stage();
    this.context =
        new StageContext(
            stage,
            new StageWorker(work, instance),
            new DeliveryRules(stage, topology),
            new Outbox(topology),
            topology,
            store,
            publisher,
            instance,
            new EndedClaims(),
            clock);
    this.tokens = requireNonNull(tokens, "tokens is null");
  }

  @Override
  public Outcome handle(Delivery<? extends Payload> delivery) throws MalformedEventException {
    if (!(delivery.event().payload() instanceof RecognizedPayload payload)
        || payload.type() != context.stage().request()) {
      throw new MalformedEventException(
          "a " + delivery.event().eventType() + " is not for " + context.stage());
    }
    String token = tokens.get();
    return context
        .endedClaims()
        .remember(token, new DeliveryAttempt(context, delivery, payload, token)::run);
  }
}
