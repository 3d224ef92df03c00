package dev.in.core.engine;

import dev.in.core.handler.Outcome;
import dev.in.core.publish.Publications;

/** What to do with a delivery, decided from the task document. */
sealed interface Decision {

  /** Nothing to do here. */
  record Finish(Outcome outcome) implements Decision {}

  /** Nothing to do but to publish what may be missing, and to ack. */
  record Publish(Publications publications, String reason) implements Decision {}

  /**
   * Claim the stage and do its work.
   *
   * @param alone with no other work in this instance, since an earlier claim ended without a result
   */
  record Claim(boolean alone) implements Decision {}

  /** Do the work of this delivery's own claim: the response to its write was lost. */
  record Resume(boolean alone) implements Decision {}

  /** Look again later: another delivery of the same message is at work. */
  record Wait() implements Decision {}

  /** Fail the task: the stage has ended its instance too often. */
  record Exhausted() implements Decision {}
}
