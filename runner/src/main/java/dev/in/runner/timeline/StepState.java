package dev.in.runner.timeline;

/** How a step of a task stands. */
public enum StepState {
  DONE,
  RUNNING,
  PENDING,
  FAILED,
  /** The task failed in an earlier step. */
  NOT_REACHED
}
