package dev.in.events;

/**
 * A message that is not a valid INEvent. Its text says what is wrong and quotes nothing of the
 * content.
 */
public final class MalformedEventException extends Exception {
  private static final long serialVersionUID = 1L;

  public MalformedEventException(String message) {
    super(message);
  }
}
