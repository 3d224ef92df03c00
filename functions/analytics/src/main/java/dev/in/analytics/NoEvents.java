package dev.in.analytics;

import dev.in.core.handler.Delivery;
import dev.in.core.handler.EventHandler;
import dev.in.core.handler.Outcome;
import dev.in.core.handler.Outcome.Ack;
import dev.in.events.Payload;
import jakarta.enterprise.context.ApplicationScoped;

/** Nothing is pushed to analytics: it counts the history. */
@ApplicationScoped
class NoEvents implements EventHandler {

  @Override
  public Outcome handle(Delivery<? extends Payload> delivery) {
    return new Ack("counted in the history");
  }
}
