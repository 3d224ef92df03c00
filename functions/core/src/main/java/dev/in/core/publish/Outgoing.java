package dev.in.core.publish;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/** A message as Pub/Sub takes it. */
public record Outgoing(String topic, byte[] data, Map<String, String> attributes) {
  public Outgoing {
    requireNonNull(topic, "topic is null");
    requireNonNull(data, "data is null");
    attributes = Map.copyOf(attributes);
  }
}
