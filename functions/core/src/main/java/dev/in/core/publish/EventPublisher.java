package dev.in.core.publish;

import static java.util.Objects.requireNonNull;

import dev.in.core.failure.Deadline;
import dev.in.core.telemetry.Tracing;
import dev.in.events.EventAttributes;
import dev.in.events.EventAttributes.Routing;
import dev.in.events.EventCodec;
import dev.in.events.INEvent;
import dev.in.events.RecognizedPayload;
import dev.in.topology.Topology;

/** Publishes INEvents, each to the topic that the topology gives its type. */
public final class EventPublisher {
  private final Topology topology;
  private final MessagePublisher publisher;
  private final Tracing tracing;

  public EventPublisher(Topology topology, MessagePublisher publisher, Tracing tracing) {
    this.topology = requireNonNull(topology, "topology is null");
    this.publisher = requireNonNull(publisher, "publisher is null");
    this.tracing = requireNonNull(tracing, "tracing is null");
  }

  /** Events first, awaited, then the task message: so the next stage's claim proves all of them. */
  public void publish(Publications publications, Routing routing, Deadline deadline) {
    publisher.publish(
        publications.events().stream().map(event -> outgoing(event, routing)).toList(), deadline);
    publisher.publish(
        publications.taskMessage().stream().map(event -> outgoing(event, routing)).toList(),
        deadline);
  }

  private Outgoing outgoing(INEvent<? extends RecognizedPayload> event, Routing routing) {
    return new Outgoing(
        topology.topicOf(event.payload().type()).name(),
        EventCodec.write(event),
        EventAttributes.of(event, routing, tracing.currentTraceparent()).toMap());
  }
}
