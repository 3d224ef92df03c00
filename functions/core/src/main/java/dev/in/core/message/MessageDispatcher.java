package dev.in.core.message;

import static java.util.Objects.requireNonNull;

import dev.in.core.failure.Failures;
import dev.in.core.handler.Delivery;
import dev.in.core.handler.EventHandler;
import dev.in.core.handler.Outcome;
import dev.in.core.handler.Outcome.Ack;
import dev.in.core.handler.Outcome.Nack;
import dev.in.core.handler.ReceivedMessage;
import dev.in.events.EventAttributes.Routing;
import dev.in.events.EventCodec;
import dev.in.events.MalformedEventException;
import org.jboss.logging.Logger;

/**
 * From a Pub/Sub message to the function's handler: decodes, sends what cannot be decoded to the
 * dead-letter topic, and turns every other exception into a nack.
 */
public final class MessageDispatcher implements MessageHandler {
  private static final Logger LOG = Logger.getLogger(MessageDispatcher.class);

  private final EventHandler handler;
  private final DeadLetters deadLetters;

  public MessageDispatcher(EventHandler handler, DeadLetters deadLetters) {
    this.handler = requireNonNull(handler, "handler is null");
    this.deadLetters = requireNonNull(deadLetters, "deadLetters is null");
  }

  @Override
  public Outcome handle(ReceivedMessage message) {
    try {
      return decodeAndHandle(message);
    } catch (RuntimeException e) {
      if (Failures.isTransient(e)) {
        LOG.warn("the message could not be handled and will be delivered again", e);
        return new Nack("transient failure");
      }
      LOG.error("the message met an unexpected error and will be delivered again", e);
      return new Nack("unexpected error");
    }
  }

  private Outcome decodeAndHandle(ReceivedMessage message) {
    try {
      return handler.handle(
          new Delivery<>(
              EventCodec.read(message.data()),
              Routing.fromAttributes(message.attributes()),
              message));
    } catch (MalformedEventException e) {
      LOG.errorf(
          "message %s goes to the dead-letter topic: %s", message.messageId(), e.getMessage());
      deadLetters.add(message, e.getMessage());
      return new Ack("dead-lettered");
    }
  }
}
