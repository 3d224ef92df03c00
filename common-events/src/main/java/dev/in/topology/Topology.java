package dev.in.topology;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** stub */
public record Topology(
    Clocks clocks,
    List<String> chain,
    Map<String, Topic> topics,
    Map<String, Subscription> subscriptions) {

  public record Clocks(
      Duration workBudget,
      Duration lease,
      Duration requestTimeout,
      Duration ackDeadline,
      Backoff backoff,
      Duration taskDeadline,
      Duration overdueAfter,
      Duration retention,
      Duration documentTtl) {}

  public record Backoff(Duration minimum, Duration maximum) {}

  public record Topic(String name) {}

  public record DeadLetter(String topic, int maxDeliveryAttempts) {}

  public record Subscription(
      String name,
      String topic,
      Optional<String> function,
      Optional<String> filter,
      boolean enabled,
      Duration ackDeadline,
      Backoff backoff,
      Duration retention,
      Optional<DeadLetter> deadLetter) {}
}
