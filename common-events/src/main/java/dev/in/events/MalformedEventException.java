package dev.in.events;

/**
 * A message that is no INEvent. Its message says what is wrong and quotes nothing of the content.
 */
public final class MalformedEventException extends Exception {
  private static final long serialVersionUID = 1L;

  public MalformedEventException(String message) {
    super(message);
  }
}
