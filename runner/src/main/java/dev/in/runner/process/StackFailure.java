package dev.in.runner.process;

import java.util.List;

/** The environment or a component of the stack failed; the message is for people. */
public final class StackFailure extends Exception {
  private static final long serialVersionUID = 1;

  private final List<String> lastLines;

  public StackFailure(String message) {
    this(message, List.of());
  }

  public StackFailure(String message, Throwable cause) {
    super(message, cause);
    this.lastLines = List.of();
  }

  /**
   * @param lastLines what the component that failed printed last
   */
  public StackFailure(String message, List<String> lastLines) {
    super(message);
    this.lastLines = List.copyOf(lastLines);
  }

  /** What the component that failed printed last, oldest line first. */
  public List<String> lastLines() {
    return lastLines;
  }
}
