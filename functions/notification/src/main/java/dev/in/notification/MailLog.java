package dev.in.notification;

import dev.in.core.failure.Deadline;
import java.time.Instant;
import java.util.UUID;

/**
 * Which mails were sent, by event: a message that Pub/Sub delivers twice is one mail. Between the
 * server's taking a mail and {@link #sent} a crash leaves a claim; once that is over, the mail is
 * sent again, with the same id.
 */
interface MailLog {

  /** Whose turn it is. */
  enum Claim {
    /** Ours: to be ended by {@link #sent} or {@link #release}. */
    CLAIMED,
    /** Somebody else is at it. */
    BUSY,
    /** It was sent. */
    SENT
  }

  /**
   * @param until when somebody else may try
   */
  Claim claim(UUID eventId, Instant now, Instant until, Deadline deadline);

  /** The mail was taken, or will never be. */
  void sent(UUID eventId, Instant now, Deadline deadline);

  /** The mail was not taken: the next delivery tries again at once. */
  void release(UUID eventId, Deadline deadline);
}
