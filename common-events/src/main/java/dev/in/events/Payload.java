package dev.in.events;

/**
 * What a message carries; the record implies the event type. {@link Unrecognized} stands for types
 * that a newer iN writes and this one does not know.
 */
public sealed interface Payload permits RecognizedPayload, Unrecognized {

  /** The event type as written on the wire. */
  String wireType();
}
