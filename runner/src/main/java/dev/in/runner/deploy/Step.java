package dev.in.runner.deploy;

import static java.util.Objects.requireNonNull;

import dev.in.runner.process.StackFailure;

/**
 * A part of a deployment.
 *
 * @param name what people read
 * @param done whether what it makes is there
 * @param action makes it; repeated, it does no harm
 */
record Step(String name, Check done, Action action) {
  /** Cheap enough to be repeated, or not to be asked for. */
  static final Check NEVER_DONE = () -> false;

  Step {
    requireNonNull(name, "name is null");
    requireNonNull(done, "done is null");
    requireNonNull(action, "action is null");
  }

  interface Check {
    boolean holds() throws StackFailure, InterruptedException;
  }

  interface Action {
    void run() throws StackFailure, InterruptedException;
  }
}
