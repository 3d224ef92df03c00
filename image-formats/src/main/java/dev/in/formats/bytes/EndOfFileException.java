package dev.in.formats.bytes;

/** The file ends before what was looked for. */
public final class EndOfFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Thrown in ordinary work, once for many a truncated file: without a stack trace. */
  public EndOfFileException() {
    super("the file ends", null, false, false);
  }
}
