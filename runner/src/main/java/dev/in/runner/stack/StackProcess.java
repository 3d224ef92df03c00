package dev.in.runner.stack;

/** A process of the stack at one moment. */
public record StackProcess(String name, long pid, int port) {
  static final String LOCAL_CLOUD = "local-cloud";
  static final String EDGE = "edge";

  /** Whether it is one of the topology's functions. */
  public boolean isFunction() {
    return !name.equals(LOCAL_CLOUD) && !name.equals(EDGE);
  }
}
