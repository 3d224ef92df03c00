package dev.in.core.publish;

import static java.util.Objects.requireNonNull;

import dev.in.events.INEvent;
import dev.in.events.RecognizedPayload;
import java.util.List;
import java.util.Optional;

/**
 * What is due to be published about a task at one point of its life.
 *
 * @param events for the event topics
 * @param taskMessage drives the next stage
 */
public record Publications(
    List<INEvent<? extends RecognizedPayload>> events,
    Optional<INEvent<? extends RecognizedPayload>> taskMessage) {
  public Publications {
    events = List.copyOf(events);
    requireNonNull(taskMessage, "taskMessage is null");
  }

  /** Events alone, none included: no stage follows. */
  public static Publications ofEvents(List<INEvent<? extends RecognizedPayload>> events) {
    return new Publications(events, Optional.empty());
  }
}
