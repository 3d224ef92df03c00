package dev.in.core.engine;

import dev.in.core.publish.EventPublisher.Following;
import dev.in.core.push.Outcome;

/** What one look at the task document says about a delivery. */
sealed interface Verdict {

  /** Nothing to do here. */
  record Settled(Outcome outcome) implements Verdict {}

  /** The work is done, but what it made due may not have been published. */
  record Republish(Following following, String reason) implements Verdict {}

  /** The stage may be claimed. */
  record Claimable() implements Verdict {}

  /** This delivery's own claim: the answer to its write was lost. */
  record Mine() implements Verdict {}

  /** The stage was begun too often and never heard of again. */
  record Exhausted() implements Verdict {}
}
