package dev.in.emulator.faults;

import static java.util.Objects.requireNonNull;

/**
 * One injected fault.
 *
 * @param calls the names of the calls that it applies to, {@code *} standing for anything: {@code
 *     google.firestore.v1.Firestore/*}, {@code storage.objects.insert}; for deliveries {@code
 *     pubsub.deliver/SUBSCRIPTION}
 */
public record FaultRule(String calls, When when, Effect effect) {
  /** Before the subscription's id in the name of a delivery. */
  public static final String DELIVERY = "pubsub.deliver/";

  public FaultRule {
    requireNonNull(calls, "calls is null");
    requireNonNull(when, "when is null");
    requireNonNull(effect, "effect is null");
    boolean fits =
        isDelivery(calls) ? effect instanceof Effect.OnDelivery : effect instanceof Effect.OnCall;
    if (!fits) {
      throw new IllegalArgumentException(effect + " cannot be applied to " + calls);
    }
  }

  /** Hits every matching call. */
  public static FaultRule always(String calls, Effect effect) {
    return new FaultRule(calls, new When.Always(), effect);
  }

  /** Hits the first matching calls after the rule is set. */
  public static FaultRule first(long number, String calls, Effect effect) {
    return new FaultRule(calls, new When.First(number), effect);
  }

  /** Hits the deliveries of one subscription. */
  public static FaultRule onDelivery(String subscriptionId, When when, Effect.OnDelivery effect) {
    return new FaultRule(DELIVERY + subscriptionId, when, effect);
  }

  static boolean isDelivery(String name) {
    return name.startsWith(DELIVERY);
  }
}
