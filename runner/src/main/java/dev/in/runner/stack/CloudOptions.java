package dev.in.runner.stack;

import static java.util.Objects.requireNonNull;

import dev.in.topology.Topology;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a stack wants its local cloud.
 *
 * @param accounts whose signatures it verifies
 * @param publisher the one of them that may publish, and only to {@code edgeTopics}
 * @param identities accounts that get a metadata server
 * @param dataDirectory where it keeps state; empty keeps it in memory
 * @param timeScale divides Pub/Sub's durations; empty leaves them
 */
record CloudOptions(
    List<ServiceAccountKey> accounts,
    ServiceAccountKey publisher,
    List<String> edgeTopics,
    List<String> identities,
    Optional<Path> dataDirectory,
    Optional<String> timeScale) {

  CloudOptions {
    accounts = List.copyOf(accounts);
    requireNonNull(publisher, "publisher is null");
    edgeTopics = List.copyOf(edgeTopics);
    identities = List.copyOf(identities);
    requireNonNull(dataDirectory, "dataDirectory is null");
    requireNonNull(timeScale, "timeScale is null");
  }

  /** What a stack wants of it. */
  static CloudOptions of(
      EdgeKeys keys, Topology topology, StackOptions options, Optional<Path> dataDirectory) {
    return new CloudOptions(
        keys.all(),
        keys.publisher(),
        topology.edgeTopics().stream().map(Topology.Topic::name).toList(),
        Stream.concat(
                options.functions(topology).stream().map(LocalNames::account),
                Stream.of(LocalNames.PUSH_ACCOUNT, LocalNames.OPERATOR_ACCOUNT))
            .toList(),
        dataDirectory,
        options.timeScale());
  }

  /** All but the keys, as its command line takes them. */
  List<String> arguments() {
    List<String> arguments =
        new ArrayList<>(List.of("--project", LocalNames.PROJECT, "--bucket", LocalNames.BUCKET));
    edgeTopics.forEach(
        topic -> arguments.addAll(List.of("--publisher", publisher.email() + "=" + topic)));
    LocalNames.TTL_FIELDS.forEach(field -> arguments.addAll(List.of("--ttl", field)));
    identities.forEach(identity -> arguments.addAll(List.of("--identity", identity)));
    dataDirectory.ifPresent(directory -> arguments.addAll(List.of("--data", directory.toString())));
    timeScale.ifPresent(scale -> arguments.addAll(List.of("--time-scale", scale)));
    return arguments;
  }
}
