package dev.in.analysis.model;

/** A network cannot be loaded or run: a fault of this process, never of the image. */
public final class ModelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
