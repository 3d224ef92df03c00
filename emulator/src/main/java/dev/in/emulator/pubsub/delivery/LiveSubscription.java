package dev.in.emulator.pubsub.delivery;

import static java.util.Objects.requireNonNull;

import dev.in.emulator.pubsub.config.Errors;
import dev.in.emulator.pubsub.config.ResourceNames;
import dev.in.emulator.pubsub.config.SubscriptionConfig;
import dev.in.emulator.time.Timers.Timer;
import io.grpc.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A subscription at work. Everything that happens to it is a turn under its lock: a change, then
 * what has become due, then messages for the receivers that want some. They are handed over after
 * the lock is released.
 */
public final class LiveSubscription {
  private final String name;
  private final String topic;
  private final Environment environment;
  private final DeadLetterSink deadLetters;
  private final ReentrantLock lock = new ReentrantLock();
  private final Backlog backlog;
  private final Receivers receivers;
  private final SubscriptionCounts counts;

  private SubscriptionConfig config;
  private Optional<Receiver> push = Optional.empty();
  private Optional<Instant> wakesAt = Optional.empty();
  private Timer wake = () -> {};
  private boolean closed;

  /** Whether a thread has been started that will hand over what is ready. */
  private final AtomicBoolean handOverDue = new AtomicBoolean();

  public LiveSubscription(
      SubscriptionConfig config, Environment environment, DeadLetterSink deadLetters, long number) {
    this.config = requireNonNull(config, "config is null");
    this.name = config.shown().getName();
    this.topic = config.shown().getTopic();
    this.environment = environment;
    this.deadLetters = deadLetters;
    this.backlog = new Backlog(number + "-", environment.memory()::change);
    this.receivers = new Receivers(ResourceNames.id(name), environment);
    this.counts = new SubscriptionCounts(ResourceNames.id(name), environment);
    startPushing();
  }

  public String name() {
    return name;
  }

  String topic() {
    return topic;
  }

  public SubscriptionConfig config() {
    lock.lock();
    try {
      return config;
    } finally {
      lock.unlock();
    }
  }

  /** Takes new settings; a new push endpoint starts with a fresh window. */
  public void update(SubscriptionConfig next) {
    turn(
        turn -> {
          boolean sameTarget = next.push().equals(config.push());
          config = next;
          if (!sameTarget) {
            push.ifPresent(receivers::remove);
            push = Optional.empty();
            if (config.push().isPresent()) {
              turn.ended(receivers.removeAll(), Errors.pushSubscription());
            }
            startPushing();
          }
        });
  }

  private void startPushing() {
    push = config.push().map(target -> environment.pushReceivers().create(this, target));
    push.ifPresent(receivers::add);
  }

  /**
   * Takes messages in. They are handed over later and elsewhere, since a publisher that waits for
   * its answer publishes again.
   */
  public void enqueue(List<Message> messages) {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      for (Message message : messages) {
        if (config.filter().matches(message.content().getAttributesMap())) {
          backlog.add(message);
        }
      }
    } finally {
      lock.unlock();
    }
    if (handOverDue.compareAndSet(false, true)) {
      Thread.ofVirtual().start(this::handOver);
    }
  }

  private void handOver() {
    handOverDue.set(false);
    turn(turn -> {});
  }

  /** Adds a receiver. */
  public void attach(Receiver receiver) {
    lock.lock();
    try {
      if (closed) {
        throw Errors.notFound(name);
      }
      if (config.push().isPresent()) {
        throw Errors.pushSubscription();
      }
      receivers.add(receiver);
    } finally {
      lock.unlock();
    }
    turn(turn -> {});
  }

  /** Removes a receiver; false when it was removed before. What it holds stays its own. */
  public boolean detach(Receiver receiver) {
    lock.lock();
    try {
      return receivers.remove(receiver);
    } finally {
      lock.unlock();
    }
  }

  /** Acks deliveries. Unknown and repeated ids are ignored, as by Pub/Sub. */
  public void ack(List<String> ackIds, OptionalInt httpStatus) {
    turn(
        turn ->
            ackIds.forEach(id -> backlog.find(id).ifPresent(held -> ack(held, httpStatus, turn))));
  }

  private void ack(QueuedMessage held, OptionalInt httpStatus, Turn turn) {
    counts.acked(held, turn.now(), httpStatus);
    backlog.ack(held, turn.now());
  }

  /** Nacks deliveries that are still out. */
  public void nack(List<String> ackIds, OptionalInt httpStatus) {
    turn(
        turn ->
            ackIds.forEach(
                id ->
                    outstanding(id)
                        .ifPresent(held -> fail(held, Outcome.NACKED, httpStatus, turn))));
  }

  /** Gives deliveries more time, or less. */
  public void extend(List<String> ackIds, Duration deadline) {
    turn(
        turn ->
            ackIds.forEach(
                id ->
                    outstanding(id)
                        .ifPresent(held -> backlog.extend(held, turn.now().plus(deadline)))));
  }

  private Optional<QueuedMessage> outstanding(String ackId) {
    return backlog.find(ackId).filter(held -> held.state == QueuedMessage.State.OUTSTANDING);
  }

  /**
   * Acks what was published before that time; nothing comes back, since no acked message is kept.
   */
  public void seek(Instant to) {
    turn(turn -> backlog.dropPublishedUntil(to.minusNanos(1), turn.now()));
  }

  public SubscriptionStats stats() {
    lock.lock();
    try {
      Instant now = environment.now();
      return counts.stats(backlog, push, now);
    } finally {
      lock.unlock();
    }
  }

  /** Drops all messages and ends all receivers. */
  public void close(Status why) {
    turn(
        turn -> {
          turn.ended(receivers.removeAll(), why.asRuntimeException());
          backlog.clear(turn.now());
          closed = true;
        });
    wake.cancel();
  }

  /** One turn: see the class. */
  private void turn(Consumer<Turn> change) {
    Turn turn;
    lock.lock();
    try {
      if (closed) {
        return;
      }
      turn = new Turn(environment.now());
      change.accept(turn);
      passTime(turn);
      receivers.handOut(backlog, turn);
      counts.handedOut(turn);
      scheduleWake(turn.now());
    } finally {
      lock.unlock();
    }
    turn.handOver(environment.timers());
    turn.deadLetters().forEach(this::forward);
  }

  private void passTime(Turn turn) {
    backlog.dropPublishedUntil(turn.now().minus(config.retention()), turn.now());
    backlog
        .overdue(turn.now())
        .forEach(held -> fail(held, Outcome.EXPIRED, OptionalInt.empty(), turn));
    backlog.promote(turn.now());
  }

  private void fail(QueuedMessage held, Outcome how, OptionalInt httpStatus, Turn turn) {
    counts.failed(held, how, turn.now(), httpStatus);
    int failures = held.failures + 1;
    if (config.isExhausted(failures)) {
      backlog.setAside(held, how, turn.now());
      turn.deadLetters().add(held);
    } else {
      backlog.fail(held, how, config.retryWait(failures), turn.now());
    }
  }

  /** Without the lock: the dead-letter topic has subscriptions with locks of their own. */
  private void forward(QueuedMessage held) {
    String target = config().deadLetter().map(policy -> policy.getDeadLetterTopic()).orElse("");
    boolean forwarded =
        deadLetters.forward(target, DeadLetterMessage.of(held.message, held.failures, name));
    turn(
        turn -> {
          if (forwarded) {
            backlog.drop(held);
            counts.deadLettered();
          } else {
            backlog.requeue(held, config.retryWait(held.failures), turn.now());
          }
        });
  }

  private void scheduleWake(Instant now) {
    Optional<Instant> next =
        Stream.of(
                backlog.nextChange(),
                backlog.oldest().map(oldest -> oldest.plus(config.retention())),
                backlog.hasReady()
                    ? receivers.wakesAt().filter(now::isBefore)
                    : Optional.<Instant>empty())
            .flatMap(Optional::stream)
            .min(Instant::compareTo);
    if (next.isEmpty() || wakesAt.filter(at -> !at.isAfter(next.get())).isPresent()) {
      return;
    }
    wake.cancel();
    wakesAt = next;
    wake = environment.timers().after(Duration.between(now, next.get()), this::wakeUp);
  }

  private void wakeUp() {
    turn(turn -> wakesAt = Optional.empty());
  }
}
