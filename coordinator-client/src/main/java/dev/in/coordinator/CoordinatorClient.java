package dev.in.coordinator;

/** Reports a task's status to its coordinator at the edge. */
public interface CoordinatorClient {

  /**
   * Sends one update and waits for the coordinator's response. Sending the same update again does
   * no harm: a repeat is accepted like the first.
   *
   * @return what came of it; an edge that cannot be reached is an answer too, not an exception
   */
  UpdateAnswer send(StatusUpdate update, CallContext context);
}
