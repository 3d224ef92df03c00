package dev.in.emulator.pubsub.delivery;

/** How a delivery ended. */
public enum Outcome {
  ACKED,
  NACKED,
  /** The ack deadline passed without an answer, which counts as a nack. */
  EXPIRED,
  /** Taken away: by a seek, by retention, or with the subscription. */
  WITHDRAWN
}
