package dev.in.analysis.image;

import static java.util.Objects.requireNonNull;

/** Why an image could not be turned into pixels. Trying again never helps. */
public final class DecodeException extends Exception {
  private static final long serialVersionUID = 1L;

  /** The kinds of refusal. */
  public enum Reason {
    /** Not an image in a supported format. */
    UNSUPPORTED,
    /** It has the beginning of a supported format, and nothing of it can be decoded. */
    CORRUPT,
    /** Its pixels would take more memory or time than one image may have. */
    TOO_MANY_PIXELS
  }

  private final Reason reason;

  private DecodeException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = requireNonNull(reason, "reason is null");
  }

  public static DecodeException unsupported(String message) {
    return new DecodeException(Reason.UNSUPPORTED, message, null);
  }

  public static DecodeException corrupt(String message) {
    return new DecodeException(Reason.CORRUPT, message, null);
  }

  public static DecodeException corrupt(String message, Throwable cause) {
    return new DecodeException(Reason.CORRUPT, message, cause);
  }

  public static DecodeException tooManyPixels(String message) {
    return new DecodeException(Reason.TOO_MANY_PIXELS, message, null);
  }

  public Reason reason() {
    return reason;
  }
}
