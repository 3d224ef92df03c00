package dev.in.json;

/**
 * JSON that is not what was expected. Its message says what is wrong and quotes nothing of the
 * content.
 */
public final class MalformedJsonException extends Exception {
  private static final long serialVersionUID = 1L;

  public MalformedJsonException(String message) {
    super(message);
  }
}
