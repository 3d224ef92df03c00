package dev.in.runner.stack;

import dev.in.runner.process.Supervisor;
import java.util.Set;

/** A process of the stack at one moment. */
public record StackProcess(String name, long pid, int port) {
  static final String LOCAL_CLOUD = "local-cloud";
  static final String EDGE = "edge";
  static final String SIGN_IN = "sign-in";

  private static final Set<String> NO_FUNCTIONS = Set.of(LOCAL_CLOUD, EDGE, SIGN_IN);

  static StackProcess of(Supervisor supervisor) {
    return new StackProcess(
        supervisor.component().name(), supervisor.child().pid(), supervisor.component().port());
  }

  /** Whether it is one of the topology's functions. */
  public boolean isFunction() {
    return !NO_FUNCTIONS.contains(name);
  }
}
