package dev.in.metadata.header;

/** The file's structure does not say how large the picture is. */
public final class UnreadableHeaderException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnreadableHeaderException(String message) {
    super(message);
  }
}
