package dev.in.runner.replay;

import static java.util.Objects.requireNonNull;

import dev.in.events.EventType;
import dev.in.topology.Topology;
import dev.in.topology.Topology.Subscription;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A function that events are sent to, and by which subscription each type reaches it.
 *
 * @param subscriptions by type; what the function is never pushed is not among them
 */
public record ReplayTarget(String name, Map<EventType, String> subscriptions) {
  public ReplayTarget {
    requireNonNull(name, "name is null");
    subscriptions = Map.copyOf(subscriptions);
  }

  /** The function of that name as the topology has it. */
  public static ReplayTarget of(Topology topology, String function) {
    Map<EventType, String> subscriptions = new EnumMap<>(EventType.class);
    for (Subscription subscription : topology.subscriptionsOf(function)) {
      Arrays.stream(EventType.values())
          .filter(type -> topology.topicOf(type).name().equals(subscription.topic()))
          .filter(subscription::passes)
          .forEach(type -> subscriptions.put(type, subscription.name()));
    }
    return new ReplayTarget(function, subscriptions);
  }

  /** The same with these types alone. */
  public ReplayTarget only(List<EventType> types) {
    Map<EventType, String> fewer = new EnumMap<>(EventType.class);
    types.forEach(type -> fewer.put(type, subscriptions.get(type)));
    return new ReplayTarget(name, fewer);
  }

  /** The function and the types, always in the same order. */
  public String description() {
    return subscriptions.keySet().stream()
        .map(EventType::wireName)
        .sorted()
        .collect(Collectors.joining(",", name + " ", ""));
  }

  /** The subscription that brings events of that type; empty if none does. */
  Optional<String> subscriptionOf(String eventType) {
    return EventType.fromWire(eventType).map(subscriptions::get);
  }
}
