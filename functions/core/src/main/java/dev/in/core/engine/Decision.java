package dev.in.core.engine;

import dev.in.core.handler.Outcome;
import dev.in.core.publish.Publications;

/** What to do with a delivery, decided from the task document. */
sealed interface Decision {

  /** Nothing to do here. */
  record Settled(Outcome outcome) implements Decision {}

  /** The work is done, but its messages may not have been published. */
  record Republish(Publications publications, String reason) implements Decision {}

  /** The stage may be claimed. */
  record Claimable() implements Decision {}

  /** This delivery's own claim: the answer to its write was lost. */
  record Mine() implements Decision {}

  /** The stage's lease has expired too often without a result. */
  record Exhausted() implements Decision {}
}
