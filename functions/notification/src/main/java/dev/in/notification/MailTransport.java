package dev.in.notification;

import dev.in.core.failure.Deadline;
import dev.in.core.failure.TransientFailure;

/** Takes mail to where it is read. */
interface MailTransport {

  /** Whether the mail is on its way. */
  enum Result {
    SENT,
    /** The address takes no mail, now or later. */
    BOUNCED
  }

  /**
   * @throws TransientFailure if it is not known to be on its way
   */
  Result send(Letter letter, Deadline deadline);
}
