package dev.in.core.fetch;

import static java.util.Objects.requireNonNull;

import dev.in.core.failure.PermanentFailure;
import dev.in.events.FailureCode;

/**
 * Why a foreign URL could not be fetched. The message is a sentence for the person who handed the
 * URL in, and holds neither the URL nor what its name resolved to.
 */
public final class FetchFailure extends Exception {
  private static final long serialVersionUID = 1L;

  /** One for each of the failure codes that begin with {@code source_}. */
  public enum Reason {
    FORBIDDEN(FailureCode.SOURCE_FORBIDDEN),
    UNREACHABLE(FailureCode.SOURCE_UNREACHABLE),
    NOT_FOUND(FailureCode.SOURCE_NOT_FOUND),
    TOO_LARGE(FailureCode.SOURCE_TOO_LARGE);

    private final FailureCode code;

    Reason(FailureCode code) {
      this.code = code;
    }

    public FailureCode code() {
      return code;
    }
  }

  private final Reason reason;
  private final boolean transientFailure;

  private FetchFailure(Reason reason, boolean transientFailure, String message) {
    super(requireNonNull(message, "message is null"), null, false, true);
    this.reason = reason;
    this.transientFailure = transientFailure;
  }

  static FetchFailure forbidden(String message) {
    return new FetchFailure(Reason.FORBIDDEN, false, message);
  }

  static FetchFailure notFound(String message) {
    return new FetchFailure(Reason.NOT_FOUND, false, message);
  }

  static FetchFailure tooLarge(long maxBytes) {
    return new FetchFailure(
        Reason.TOO_LARGE, false, "The file is larger than " + maxBytes + " bytes");
  }

  /** The host will answer the same next time. */
  static FetchFailure unreachable(String message) {
    return new FetchFailure(Reason.UNREACHABLE, false, message);
  }

  /** It may go better in a moment. */
  static FetchFailure unreachableNow(String message) {
    return new FetchFailure(Reason.UNREACHABLE, true, message);
  }

  public Reason reason() {
    return reason;
  }

  public FailureCode code() {
    return reason.code();
  }

  /** Whether another try within seconds has a chance. */
  public boolean transientFailure() {
    return transientFailure;
  }

  /** The verdict on the task, once no more tries are worth it. */
  public PermanentFailure permanent() {
    return new PermanentFailure(code(), getMessage());
  }
}
