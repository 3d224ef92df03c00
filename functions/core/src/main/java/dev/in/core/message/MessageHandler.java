package dev.in.core.message;

import dev.in.core.handler.Outcome;
import dev.in.core.handler.ReceivedMessage;

/**
 * What becomes of a Pub/Sub message, whatever is in it. {@link MessageDispatcher} decodes it first;
 * a function that must also take what cannot be decoded brings its own.
 */
public interface MessageHandler {

  /** Never throws: what cannot be handled now is a nack. */
  Outcome handle(ReceivedMessage message);
}
