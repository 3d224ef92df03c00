package dev.in.core.push;

import static java.util.Objects.requireNonNull;

/** What becomes of a delivery. The reason is for logs and metrics, a few words without ids. */
public sealed interface Outcome {

  String reason();

  /** Done with, or not worth another delivery. */
  record Ack(String reason) implements Outcome {
    public Ack {
      requireNonNull(reason, "reason is null");
    }
  }

  /** To be delivered again. It slows the whole subscription: for faults that pass only. */
  record Nack(String reason) implements Outcome {
    public Nack {
      requireNonNull(reason, "reason is null");
    }
  }
}
