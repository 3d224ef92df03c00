package dev.in.runner.process;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a child runs.
 *
 * @param name for people, and of its log file
 * @param command the program and its arguments
 * @param environment all of it: nothing is inherited
 * @param directory where it runs
 */
public record ChildSpec(
    String name, List<String> command, Map<String, String> environment, Path directory) {

  public ChildSpec {
    requireNonNull(name, "name is null");
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    requireNonNull(directory, "directory is null");
  }
}
