package dev.in.runner.timeline;

/** How it stands with a step of a picture's way. */
public enum StepState {
  DONE,
  RUNNING,
  WAITING,
  FAILED,
  /** The task failed before it came to this. */
  NEVER
}
