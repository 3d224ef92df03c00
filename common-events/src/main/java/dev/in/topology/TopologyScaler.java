package dev.in.topology;

import dev.in.topology.Topology.Backoff;
import dev.in.topology.Topology.Clocks;
import dev.in.topology.Topology.Function;
import dev.in.topology.Topology.Subscription;
import dev.in.topology.Topology.Tick;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Divides every duration of a topology, so that a test need not wait for hours. */
final class TopologyScaler {
  private final double scale;

  private TopologyScaler(double scale) {
    if (!(scale > 0)) {
      throw new IllegalArgumentException("the time scale must be greater than 0: " + scale);
    }
    this.scale = scale;
  }

  static Topology scale(Topology topology, double scale) {
    return new TopologyScaler(scale).scale(topology);
  }

  private Topology scale(Topology topology) {
    Map<String, Subscription> subscriptions = new LinkedHashMap<>();
    topology.subscriptions().forEach((name, value) -> subscriptions.put(name, scale(value)));
    Map<String, Function> functions = new LinkedHashMap<>();
    topology.functions().forEach((name, value) -> functions.put(name, scale(value)));
    return new Topology(
        scale(topology.clocks()),
        topology.chain(),
        topology.topics(),
        functions,
        subscriptions,
        topology.deadLetter());
  }

  private Clocks scale(Clocks clocks) {
    return new Clocks(
        scale(clocks.workBudget()),
        scale(clocks.lease()),
        scale(clocks.requestTimeout()),
        scale(clocks.ackDeadline()),
        scale(clocks.backoff()),
        scale(clocks.taskDeadline()),
        scale(clocks.internalAfter()),
        scale(clocks.overdueAfter()),
        scale(clocks.retention()),
        scale(clocks.historyTtl()),
        scale(clocks.documentTtl()));
  }

  private Function scale(Function function) {
    return new Function(
        function.name(),
        function.does(),
        function.side(),
        function.replayable(),
        function.publishes(),
        function.needs(),
        function.service(),
        function.tick().map(tick -> new Tick(tick.path(), scale(tick.every()))));
  }

  private Subscription scale(Subscription subscription) {
    return new Subscription(
        subscription.name(),
        subscription.topic(),
        subscription.function(),
        subscription.filter(),
        subscription.enabled(),
        scale(subscription.ackDeadline()),
        scale(subscription.backoff()),
        scale(subscription.retention()),
        subscription.deadLetter());
  }

  private Backoff scale(Backoff backoff) {
    return new Backoff(scale(backoff.minimum()), scale(backoff.maximum()));
  }

  private Duration scale(Duration duration) {
    return Duration.ofMillis(Math.max(1, Math.round(duration.toMillis() / scale)));
  }
}
