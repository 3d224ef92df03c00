package dev.in.emulator.pubsub;

/** How a delivery ended. */
public enum Outcome {
  ACKED,
  NACKED,
  /** The ack deadline passed without a word, which counts as a nack. */
  EXPIRED,
  /** Taken away: by a seek, by retention, or with the subscription. */
  WITHDRAWN
}
