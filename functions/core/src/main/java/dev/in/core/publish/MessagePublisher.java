package dev.in.core.publish;

import dev.in.core.failure.Deadline;
import dev.in.core.failure.TransientFailure;
import java.util.List;

/** Publishes to topics. */
public interface MessagePublisher {

  /**
   * Publishes all of them, in no particular order, and returns once Pub/Sub has taken every one.
   *
   * @throws TransientFailure if one was not taken in time; others may have been
   */
  void publish(List<Outgoing> messages, Deadline deadline);
}
