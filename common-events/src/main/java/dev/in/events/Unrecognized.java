package dev.in.events;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The payload of an event type that this version does not know. Side consumers ack and count it.
 *
 * @param eventType the name as it was read
 * @param json the payload as it was read
 */
public record Unrecognized(String eventType, JsonNode json) implements Payload {
  public Unrecognized {
    requireNonNull(eventType, "eventType is null");
    requireNonNull(json, "json is null");
  }

  @Override
  public String wireType() {
    return eventType;
  }
}
