package dev.in.core.handler;

import static java.util.Objects.requireNonNull;

/** The outcome of a delivery. The reason is for logs and metrics, a few words without ids. */
public sealed interface Outcome {

  String reason();

  /** Done with, or not worth another delivery. */
  record Ack(String reason) implements Outcome {
    public Ack {
      requireNonNull(reason, "reason is null");
    }
  }

  /** To be delivered again. It slows the whole subscription: for transient failures only. */
  record Nack(String reason) implements Outcome {
    public Nack {
      requireNonNull(reason, "reason is null");
    }
  }
}
