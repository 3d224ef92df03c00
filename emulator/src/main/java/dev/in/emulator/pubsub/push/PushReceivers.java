package dev.in.emulator.pubsub.push;

import static java.util.Objects.requireNonNull;

import dev.in.emulator.pubsub.config.PushTarget;
import dev.in.emulator.pubsub.config.TimeScale;
import dev.in.emulator.pubsub.delivery.Environment;
import dev.in.emulator.pubsub.delivery.LiveSubscription;
import dev.in.emulator.pubsub.delivery.Receiver;
import dev.in.emulator.time.Timers;
import java.util.function.BinaryOperator;

/** Makes push receivers, and holds what they share: one HTTP client above all. */
public final class PushReceivers implements Environment.PushReceivers, AutoCloseable {
  private final Timers timers;
  private final PushWindow.Limits limits;
  private final BinaryOperator<String> idTokens;
  private PushSender sender;

  /**
   * @param idTokens a signed token for an account's email and an audience
   */
  public PushReceivers(Timers timers, TimeScale scale, BinaryOperator<String> idTokens) {
    this.timers = requireNonNull(timers, "timers is null");
    this.limits = scaled(PushWindow.Limits.DEFAULT, scale);
    this.idTokens = requireNonNull(idTokens, "idTokens is null");
  }

  private static PushWindow.Limits scaled(PushWindow.Limits limits, TimeScale scale) {
    return new PushWindow.Limits(
        limits.initial(),
        limits.maximum(),
        scale.apply(limits.minPause()),
        scale.apply(limits.maxPause()));
  }

  @Override
  public Receiver create(LiveSubscription subscription, PushTarget target) {
    return new PushReceiver(subscription, target, this);
  }

  Timers timers() {
    return timers;
  }

  PushWindow.Limits limits() {
    return limits;
  }

  String idToken(String email, String audience) {
    return idTokens.apply(email, audience);
  }

  /** Made with the first push, which a cloud without push subscriptions never sees. */
  synchronized PushSender sender() {
    if (sender == null) {
      sender = new PushSender();
    }
    return sender;
  }

  @Override
  public synchronized void close() {
    if (sender != null) {
      sender.close();
    }
  }
}
