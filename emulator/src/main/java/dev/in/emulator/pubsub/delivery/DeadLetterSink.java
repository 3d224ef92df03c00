package dev.in.emulator.pubsub.delivery;

import com.google.pubsub.v1.PubsubMessage;

/** Publishes what could not be delivered. */
@FunctionalInterface
public interface DeadLetterSink {
  /** False when that topic is not there; the message then stays where it is. */
  boolean forward(String topic, PubsubMessage message);
}
