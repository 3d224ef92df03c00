package dev.in.core.failure;

/**
 * Something that all tasks share does not respond as it should (Firestore, Pub/Sub, Storage, the
 * edge). The lease is released and the message delivered again.
 */
public final class TransientFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TransientFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
