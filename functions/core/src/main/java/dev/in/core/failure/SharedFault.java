package dev.in.core.failure;

/**
 * Something that all tasks share does not answer as it should (Firestore, Pub/Sub, Storage, the
 * edge). It passes: the lease is released and the message is delivered again.
 */
public final class SharedFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SharedFault(String message, Throwable cause) {
    super(message, cause);
  }
}
