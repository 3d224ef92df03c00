package dev.in.emulator.pubsub.push;

import dev.in.emulator.faults.Effect;
import dev.in.emulator.pubsub.config.PushTarget;
import dev.in.emulator.pubsub.delivery.Delivery;
import dev.in.emulator.pubsub.delivery.LiveSubscription;
import dev.in.emulator.pubsub.delivery.Outcome;
import dev.in.emulator.pubsub.delivery.Receiver;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Pushes a subscription's messages to an endpoint, as many at once as its window allows. */
final class PushReceiver implements Receiver {
  /** What Cloud Run puts in the place of a signature that it has checked. */
  private static final String NO_SIGNATURE = "SIGNATURE_REMOVED_BY_GOOGLE";

  private final LiveSubscription subscription;
  private final PushTarget target;
  private final PushReceivers shared;
  private final PushWindow window;
  private final Map<String, CompletableFuture<Integer>> exchanges = new ConcurrentHashMap<>();
  private int inFlight;

  PushReceiver(LiveSubscription subscription, PushTarget target, PushReceivers shared) {
    this.subscription = subscription;
    this.target = target;
    this.shared = shared;
    this.window = new PushWindow(shared.limits());
  }

  @Override
  public Optional<Integer> windowSize() {
    return Optional.of(window.size());
  }

  @Override
  public boolean wants(Instant now) {
    return inFlight < window.size() && !window.isPaused(now);
  }

  @Override
  public Optional<Instant> wakesAt() {
    return Optional.of(window.pausedUntil()).filter(until -> until.isAfter(Instant.EPOCH));
  }

  /** A push subscriber cannot extend it, and it is the request's timeout too. */
  @Override
  public Duration ackDeadline() {
    return subscription.config().ackDeadline();
  }

  @Override
  public void reserve(Delivery delivery) {
    inFlight++;
  }

  @Override
  public void release(Delivery delivery, Outcome how, Instant now) {
    inFlight--;
    switch (how) {
      case ACKED -> window.acked();
      case NACKED -> window.failed(delivery.at(), now);
      case EXPIRED -> {
        window.failed(delivery.at(), now);
        hangUp(delivery);
      }
      case WITHDRAWN -> hangUp(delivery);
    }
  }

  /** Later and elsewhere: this is called under the subscription's lock. */
  private void hangUp(Delivery delivery) {
    CompletableFuture<Integer> exchange = exchanges.remove(delivery.ackId());
    if (exchange != null) {
      shared.timers().after(Duration.ZERO, () -> exchange.cancel(true));
    }
  }

  @Override
  public void deliver(List<Delivery> deliveries) {
    deliveries.forEach(this::push);
  }

  private void push(Delivery delivery) {
    switch (delivery.fault().orElse(null)) {
      case Effect.Refuse(int status) -> settle(delivery, OptionalInt.of(status));
      case Effect.Abandon(int status, Duration after) -> {
        send(delivery, bearer());
        shared.timers().after(after, () -> settle(delivery, OptionalInt.of(status)));
      }
      case Effect.RemoveSignature() ->
          relay(delivery, send(delivery, bearer().map(PushReceiver::withoutSignature)));
      case Effect.Delay _, Effect.Hang _, Effect.Duplicate _ ->
          relay(delivery, send(delivery, bearer()));
      case null -> relay(delivery, send(delivery, bearer()));
    }
  }

  private CompletableFuture<Integer> send(Delivery delivery, Optional<String> bearer) {
    OptionalInt attempt =
        subscription.config().deadLetter().isPresent()
            ? OptionalInt.of(delivery.attempt())
            : OptionalInt.empty();
    byte[] body = PushBody.of(delivery.message().content(), subscription.name(), attempt);
    return shared.sender().send(target.endpoint(), body, bearer);
  }

  /** The endpoint's answer settles the delivery, unless the deadline has done so before. */
  private void relay(Delivery delivery, CompletableFuture<Integer> exchange) {
    exchanges.put(delivery.ackId(), exchange);
    exchange.whenComplete(
        (status, failure) -> {
          exchanges.remove(delivery.ackId());
          if (!exchange.isCancelled()) {
            settle(delivery, failure == null ? OptionalInt.of(status) : OptionalInt.empty());
          }
        });
  }

  private void settle(Delivery delivery, OptionalInt status) {
    List<String> ackId = List.of(delivery.ackId());
    if (status.isPresent() && PushSender.isAck(status.getAsInt())) {
      subscription.ack(ackId, status);
    } else {
      subscription.nack(ackId, status);
    }
  }

  private Optional<String> bearer() {
    return target
        .token()
        .map(token -> shared.idToken(token.serviceAccountEmail(), token.audience()));
  }

  private static String withoutSignature(String token) {
    return token.substring(0, token.lastIndexOf('.') + 1) + NO_SIGNATURE;
  }

  @Override
  public void end(RuntimeException why) {}
}
