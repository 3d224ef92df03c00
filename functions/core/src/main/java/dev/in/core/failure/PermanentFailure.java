package dev.in.core.failure;

import static java.util.Objects.requireNonNull;

import dev.in.events.FailureCode;

/**
 * A failure that no retry can help: the task ends with it. Everything else that a stage throws is
 * transient, and the message is delivered again.
 */
public final class PermanentFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient FailureCode code;

  /**
   * @param message a sentence for the owner of the image; it holds no URL and no internals, since
   *     events carry it
   */
  public PermanentFailure(FailureCode code, String message) {
    super(requireNonNull(message, "message is null"));
    this.code = requireNonNull(code, "code is null");
  }

  /** The image was stored and is gone: no retry brings it back, and its owner is not to blame. */
  public static PermanentFailure storedImageGone() {
    return new PermanentFailure(
        FailureCode.INTERNAL, "The stored image is gone. Submit it again to have it processed.");
  }

  public FailureCode code() {
    return code;
  }
}
