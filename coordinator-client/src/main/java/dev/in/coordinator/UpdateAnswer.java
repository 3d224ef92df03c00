package dev.in.coordinator;

/** What came of an update. */
public sealed interface UpdateAnswer {

  /** 204: taken, or known already, or older than what is known. */
  record Accepted() implements UpdateAnswer {}

  /**
   * 404 with the code {@code unknown_task}: no coordinator has this task. Time does not heal it.
   */
  record UnknownTask() implements UpdateAnswer {}

  /**
   * 400, 413 or 422: the update itself is wrong, which is our fault. Time does not heal it.
   *
   * @param detail the coordinator's reason, or empty
   */
  record Refused(int status, String detail) implements UpdateAnswer {}

  /**
   * 401 or 403: the edge does not take us for {@code sync}, a fresh token included. It passes when
   * somebody mends the configuration.
   *
   * @param detail the coordinator's reason, or empty
   */
  record NotAuthorized(int status, String detail) implements UpdateAnswer {}

  /**
   * No word of the coordinator's: no connection, no token, no answer in time, or a status that it
   * does not give. Whether the update was taken is unknown; it passes.
   */
  record Unavailable(String detail) implements UpdateAnswer {}
}
