package dev.in.coordinator;

/** The result of an update. */
public sealed interface UpdateAnswer {

  /** 204: accepted, or a repeat, or older than what is known. */
  record Accepted() implements UpdateAnswer {}

  /** 404 with the code {@code unknown_task}: no coordinator has this task. A retry cannot help. */
  record UnknownTask() implements UpdateAnswer {}

  /**
   * 400, 413 or 422: the update itself is wrong, which is our fault. A retry cannot help.
   *
   * @param detail the coordinator's reason, or empty
   */
  record Refused(int status, String detail) implements UpdateAnswer {}

  /**
   * 401 or 403: the edge does not take us for the function that we are, a fresh token included. A
   * retry helps once somebody has corrected the configuration.
   *
   * @param detail the coordinator's reason, or empty
   */
  record NotAuthorized(int status, String detail) implements UpdateAnswer {}

  /**
   * No response of the coordinator's: no connection, no token, no answer in time, or a status that
   * it does not give. Whether the update was accepted is unknown; a retry may help.
   */
  record Unavailable(String detail) implements UpdateAnswer {}
}
