package dev.in.core.push;

import static java.util.Objects.requireNonNull;

import dev.in.core.push.Outcome.Ack;
import dev.in.core.push.Outcome.Nack;
import dev.in.events.EventAttributes.Routing;
import dev.in.events.EventCodec;
import dev.in.events.MalformedEventException;
import org.jboss.logging.Logger;

/**
 * From a Pub/Sub message to the function's handler: decodes, sends what cannot be decoded to the
 * dead-letter topic, and makes of every other exception a nack.
 */
public final class PushDispatcher {
  private static final Logger LOG = Logger.getLogger(PushDispatcher.class);

  private final EventHandler handler;
  private final DeadLetters deadLetters;

  public PushDispatcher(EventHandler handler, DeadLetters deadLetters) {
    this.handler = requireNonNull(handler, "handler is null");
    this.deadLetters = requireNonNull(deadLetters, "deadLetters is null");
  }

  public Outcome dispatch(PushMessage message) {
    try {
      return decodeAndHandle(message);
    } catch (RuntimeException e) {
      LOG.warn("the message could not be handled, and will be delivered again", e);
      return new Nack("fault that passes");
    }
  }

  private Outcome decodeAndHandle(PushMessage message) {
    try {
      return handler.handle(
          new Delivery<>(
              EventCodec.read(message.data()),
              Routing.fromAttributes(message.attributes()),
              message));
    } catch (MalformedEventException e) {
      LOG.errorf("message %s goes to the dead letters: %s", message.messageId(), e.getMessage());
      deadLetters.add(message, e.getMessage());
      return new Ack("dead-lettered");
    }
  }
}
