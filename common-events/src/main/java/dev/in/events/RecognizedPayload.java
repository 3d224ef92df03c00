package dev.in.events;

/** A payload of a type that this version of iN knows. */
public sealed interface RecognizedPayload extends Payload
    permits TaskMessage, TaskCommand, Event, AccountEvent {

  EventType type();

  @Override
  default String wireType() {
    return type().wireName();
  }
}
