package dev.in.runner.stack;

import static java.util.Objects.requireNonNull;

import dev.in.topology.Topology;
import dev.in.topology.Topology.Subscription;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a stack is set up.
 *
 * @param edgePort the edge's port on 127.0.0.1, 0 for a free one
 * @param dataDirectory where state is kept from one start to the next; empty keeps it for this one
 * @param switchedOn subscriptions that the topology leaves off by default
 * @param extent how much of the topology runs
 * @param without functions that somebody else starts
 * @param aotCaches with which its programs are started
 * @param settings environment variables of edge and functions beside the usual ones; {@code
 *     IN_TIME_SCALE} holds for the local cloud, too
 * @param functionSettings further environment variables of single functions, by their names
 * @param signInPort of the provider at which users sign in, 0 for a free one; empty lets everybody
 *     in
 */
public record StackOptions(
    int edgePort,
    Optional<Path> dataDirectory,
    Set<String> switchedOn,
    StackExtent extent,
    Set<String> without,
    AotCaches aotCaches,
    Map<String, String> settings,
    Map<String, Map<String, String>> functionSettings,
    OptionalInt signInPort) {
  private static final int MAX_PORT = 65_535;
  static final String TIME_SCALE = "IN_TIME_SCALE";

  public StackOptions {
    requireNonNull(dataDirectory, "dataDirectory is null");
    switchedOn = Set.copyOf(switchedOn);
    without = Set.copyOf(without);
    requireNonNull(extent, "extent is null");
    requireNonNull(aotCaches, "aotCaches is null");
    settings = Map.copyOf(settings);
    functionSettings = Map.copyOf(functionSettings);
    requireNonNull(signInPort, "signInPort is null");
    requirePort(edgePort);
    signInPort.ifPresent(StackOptions::requirePort);
  }

  private static void requirePort(int port) {
    if (port < 0 || port > MAX_PORT) {
      throw new IllegalArgumentException("the port is out of range: " + port);
    }
  }

  /** A free port, nothing kept, every optional subscription, trained AOT caches used. */
  public static StackOptions defaults() {
    AotCaches aotCaches = AotCaches.used(Installation.find().aotCaches());
    return new StackOptions(
        0,
        Optional.empty(),
        optionalSubscriptions(),
        StackExtent.EVERYTHING,
        Set.of(),
        aotCaches,
        Map.of(),
        Map.of(),
        OptionalInt.empty());
  }

  private static Set<String> optionalSubscriptions() {
    return Topology.load().subscriptions().values().stream()
        .filter(subscription -> !subscription.enabled())
        .map(Subscription::name)
        .collect(Collectors.toSet());
  }

  public StackOptions withAotCaches(AotCaches caches) {
    return new StackOptions(
        edgePort,
        dataDirectory,
        switchedOn,
        extent,
        without,
        caches,
        settings,
        functionSettings,
        signInPort);
  }

  public StackOptions withEdgePort(int port) {
    return new StackOptions(
        port,
        dataDirectory,
        switchedOn,
        extent,
        without,
        aotCaches,
        settings,
        functionSettings,
        signInPort);
  }

  public StackOptions withDataDirectory(Path directory) {
    return new StackOptions(
        edgePort,
        Optional.of(directory),
        switchedOn,
        extent,
        without,
        aotCaches,
        settings,
        functionSettings,
        signInPort);
  }

  public StackOptions withExtent(StackExtent wanted) {
    return new StackOptions(
        edgePort,
        dataDirectory,
        switchedOn,
        wanted,
        without,
        aotCaches,
        settings,
        functionSettings,
        signInPort);
  }

  public StackOptions without(Set<String> functions) {
    return new StackOptions(
        edgePort,
        dataDirectory,
        switchedOn,
        extent,
        functions,
        aotCaches,
        settings,
        functionSettings,
        signInPort);
  }

  /** With exactly these of the subscriptions that the topology leaves off by default. */
  public StackOptions withSwitchedOn(Set<String> subscriptions) {
    return new StackOptions(
        edgePort,
        dataDirectory,
        subscriptions,
        extent,
        without,
        aotCaches,
        settings,
        functionSettings,
        signInPort);
  }

  public StackOptions withSettings(Map<String, String> variables) {
    return new StackOptions(
        edgePort,
        dataDirectory,
        switchedOn,
        extent,
        without,
        aotCaches,
        variables,
        functionSettings,
        signInPort);
  }

  /** With further variables of single functions, by their names. */
  public StackOptions withFunctionSettings(Map<String, Map<String, String>> variables) {
    return new StackOptions(
        edgePort,
        dataDirectory,
        switchedOn,
        extent,
        without,
        aotCaches,
        settings,
        variables,
        signInPort);
  }

  /** With a provider at which users sign in, on that port. */
  public StackOptions withSignIn(int port) {
    return new StackOptions(
        edgePort,
        dataDirectory,
        switchedOn,
        extent,
        without,
        aotCaches,
        settings,
        functionSettings,
        OptionalInt.of(port));
  }

  /** What divides durations, if anything does. */
  Optional<String> timeScale() {
    return Optional.ofNullable(settings.getOrDefault(TIME_SCALE, System.getenv(TIME_SCALE)));
  }

  /** The subscriptions that are made. */
  public List<Subscription> subscriptions(Topology topology) {
    return topology.subscriptions(switchedOn).stream()
        .filter(subscription -> extent.has(subscription, topology))
        .toList();
  }

  /** The functions that something is pushed to, and those that the clock alone calls. */
  public List<String> functions(Topology topology) {
    Stream<String> pushedTo =
        subscriptions(topology).stream().flatMap(subscription -> subscription.function().stream());
    Stream<String> ticked =
        topology.functions().values().stream()
            .filter(function -> topology.subscriptionsOf(function.name()).isEmpty())
            .filter(extent::hasTicked)
            .map(Topology.Function::name);
    return Stream.concat(pushedTo, ticked).distinct().toList();
  }
}
