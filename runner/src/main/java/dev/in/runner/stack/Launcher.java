package dev.in.runner.stack;

import static java.util.Objects.requireNonNull;

import dev.in.runner.process.ChildLog;
import dev.in.runner.process.ChildSpec;
import dev.in.runner.process.Children;
import dev.in.runner.process.StackFailure;
import dev.in.runner.process.StartingChild;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Starts one component of the stack, each time in the same way.
 *
 * @param name the component's
 * @param directory where it runs
 * @param environment all that it gets
 * @param log what it prints goes there
 * @param children what it is ended with
 */
record Launcher(
    String name, Path directory, Map<String, String> environment, ChildLog log, Children children) {

  Launcher {
    requireNonNull(name, "name is null");
    requireNonNull(directory, "directory is null");
    environment = Map.copyOf(environment);
    requireNonNull(log, "log is null");
    requireNonNull(children, "children is null");
  }

  /**
   * @param parser extracts the awaited value from a line of output
   */
  <T> StartingChild<T> launch(List<String> command, Function<String, Optional<T>> parser)
      throws StackFailure {
    return children.start(new ChildSpec(name, command, environment, directory), log, parser);
  }
}
