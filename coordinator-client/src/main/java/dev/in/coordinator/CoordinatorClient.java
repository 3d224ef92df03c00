package dev.in.coordinator;

/** Tells a task's coordinator at the edge how the task stands. */
public interface CoordinatorClient {

  /**
   * Sends one update and waits for the coordinator's word. Sending the same update again does no
   * harm: a repeat is accepted like the first.
   *
   * @return what came of it; an edge that cannot be reached is an answer too, not an exception
   */
  UpdateAnswer send(StatusUpdate update, CallContext context);
}
