package dev.in.core.handler;

import static java.util.Objects.requireNonNull;

import dev.in.events.EventAttributes.Routing;
import dev.in.events.INEvent;
import dev.in.events.Payload;

/** One delivery of an INEvent. */
public record Delivery<P extends Payload>(
    INEvent<P> event, Routing routing, ReceivedMessage message) {
  public Delivery {
    requireNonNull(event, "event is null");
    requireNonNull(routing, "routing is null");
    requireNonNull(message, "message is null");
  }
}
