package dev.in.runner.stack;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A function that is not started: somebody else does that, perhaps with a debugger.
 *
 * @param port where its messages are pushed, on 127.0.0.1
 * @param environment all that it needs to know
 */
public record ExternalFunction(String name, int port, Map<String, String> environment) {

  public ExternalFunction {
    requireNonNull(name, "name is null");
    environment = Map.copyOf(environment);
  }

  /** Its environment as a shell takes it in. */
  String script() {
    return new TreeMap<>(environment)
        .entrySet().stream()
            .map(entry -> "export %s=%s\n".formatted(entry.getKey(), quoted(entry.getValue())))
            .collect(Collectors.joining());
  }

  private static String quoted(String value) {
    return "'" + value.replace("'", "'\\''") + "'";
  }
}
