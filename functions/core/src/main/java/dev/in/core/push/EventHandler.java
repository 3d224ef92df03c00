package dev.in.core.push;

import dev.in.events.MalformedEventException;
import dev.in.events.Payload;

/** What a function does with the INEvents it is pushed; each application has exactly one. */
public interface EventHandler {

  /**
   * @throws MalformedEventException if this is no message for this function, now or ever: it goes
   *     to the dead-letter topic
   * @throws RuntimeException for faults that pass: the message is delivered again
   */
  Outcome handle(Delivery<? extends Payload> delivery) throws MalformedEventException;
}
