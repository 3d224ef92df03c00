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
 * @param startCaches with which its programs are started
 */
public record StackOptions(
    int edgePort, Optional<Path> dataDirectory, Set<String> switchedOn, StartCaches startCaches) {
  /** Live progress at the edge. */
  private static final String MILESTONES = "sync-milestones";

  public StackOptions {
    requireNonNull(dataDirectory, "dataDirectory is null");
    switchedOn = Set.copyOf(switchedOn);
    requireNonNull(startCaches, "startCaches is null");
    if (edgePort < 0 || edgePort > 65_535) {
      throw new IllegalArgumentException("the port is out of range: " + edgePort);
    }
  }

  /** A free port, nothing kept, progress told, caches of earlier starts used. */
  public static StackOptions defaults() {
    StartCaches startCaches = StartCaches.used(Installation.find().startCaches());
    return new StackOptions(0, Optional.empty(), Set.of(MILESTONES), startCaches);
  }

  public StackOptions withStartCaches(StartCaches caches) {
    return new StackOptions(edgePort, dataDirectory, switchedOn, caches);
  }

  public StackOptions withEdgePort(int port) {
    return new StackOptions(port, dataDirectory, switchedOn, startCaches);
  }

  public StackOptions withDataDirectory(Path directory) {
    return new StackOptions(edgePort, Optional.of(directory), switchedOn, startCaches);
  }
}
