package dev.in.runner.stack;

import dev.in.topology.Topology;
import dev.in.topology.Topology.Function;
import dev.in.topology.Topology.Subscription;
import dev.in.topology.Topology.Topic;

/** How much of the topology a stack runs. */
public enum StackExtent {
  /** The chain and {@code sync}: it ends with its tasks. */
  CHAIN,
  /** With what executes commands, too. */
  WITHOUT_SIDE_CONSUMERS,
  EVERYTHING;

  /** Whether that subscription is made: without its consumer, messages would only pile up. */
  boolean has(Subscription subscription, Topology topology) {
    boolean side =
        subscription.function().filter(name -> topology.functions().get(name).side()).isPresent();
    boolean command = topology.topics().get(subscription.topic()).kind() == Topic.Kind.COMMAND;
    return switch (this) {
      case CHAIN -> !side && !command;
      case WITHOUT_SIDE_CONSUMERS -> !side;
      case EVERYTHING -> true;
    };
  }

  /** Whether that function runs although nothing is pushed to it. */
  boolean hasTicked(Function function) {
    return switch (this) {
      case CHAIN -> false;
      case WITHOUT_SIDE_CONSUMERS -> !function.side();
      case EVERYTHING -> true;
    };
  }
}
