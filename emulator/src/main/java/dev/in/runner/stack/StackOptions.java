package dev.in.runner.stack;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * How a stack is set up.
 *
 * @param edgePort the edge's port on 127.0.0.1, 0 for a free one
 * @param dataDirectory where state is kept from one start to the next; empty keeps it for this one
 * @param switchedOn subscriptions that the topology leaves off by default
 */
public record StackOptions(int edgePort, Optional<Path> dataDirectory, Set<String> switchedOn) {
  /** Live progress at the edge. */
  private static final String MILESTONES = "sync-milestones";

  public StackOptions {
    requireNonNull(dataDirectory, "dataDirectory is null");
    switchedOn = Set.copyOf(switchedOn);
    if (edgePort < 0 || edgePort > 65_535) {
      throw new IllegalArgumentException("the port is out of range: " + edgePort);
    }
  }

  /** A free port, nothing kept, progress told. */
  public static StackOptions defaults() {
    return new StackOptions(0, Optional.empty(), Set.of(MILESTONES));
  }

  public StackOptions withEdgePort(int port) {
    return new StackOptions(port, dataDirectory, switchedOn);
  }

  public StackOptions withDataDirectory(Path directory) {
    return new StackOptions(edgePort, Optional.of(directory), switchedOn);
  }
}
