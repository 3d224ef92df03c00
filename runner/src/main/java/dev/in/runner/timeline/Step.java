package dev.in.runner.timeline;

import static java.util.Objects.requireNonNull;

/**
 * A step of a task.
 *
 * @param name {@link Timeline#SUBMITTED}, the name of a stage, or {@link Timeline#END}
 */
public record Step(String name, StepState state) {

  public Step {
    requireNonNull(name, "name is null");
    requireNonNull(state, "state is null");
  }
}
