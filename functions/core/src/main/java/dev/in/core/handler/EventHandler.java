package dev.in.core.handler;

import dev.in.events.MalformedEventException;
import dev.in.events.Payload;

/** What a function does with the INEvents that it receives; each application has exactly one. */
public interface EventHandler {

  /**
   * @throws MalformedEventException if this function can never handle the message: it goes to the
   *     dead-letter topic
   * @throws RuntimeException for transient failures: the message is delivered again
   */
  Outcome handle(Delivery<? extends Payload> delivery) throws MalformedEventException;
}
