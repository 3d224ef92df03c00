package dev.in.formats.header;

/** The file's structure does not say how large the image is. */
public final class UnreadableHeaderException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param reason completes the sentence "The header cannot be read: …"
   */
  public UnreadableHeaderException(String reason) {
    super(reason);
  }
}
