package dev.in.coordinator;

import dev.in.library.LibraryEntry;

/** Sends entries to the libraries of owners, at their accounts. */
public interface LibraryClient {

  /**
   * Sends the whole entry of one task and waits for the account's response. Sending the same entry
   * again does no harm, and an older one changes nothing.
   *
   * @param owner as the messages of the task have it
   * @return what came of it; an edge that cannot be reached is an answer too, not an exception
   */
  UpdateAnswer put(String owner, String taskId, LibraryEntry entry, CallContext context);
}
