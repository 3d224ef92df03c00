package dev.in.runner.process;

/** A component's answer to a liveness check. */
public enum Liveness {
  ALIVE,
  /** The answer is an error, or does not come. */
  UNHEALTHY,
  /** Nothing accepts connections: the process is shutting down, or has lost its port. */
  NOT_LISTENING
}
