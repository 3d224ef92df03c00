package dev.in.runner.stack;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a stack wants its local cloud.
 *
 * @param accounts whose signatures it verifies
 * @param publisher the one of them that may publish, and only to {@code firstTopic}
 * @param identities accounts that get a metadata server
 * @param dataDirectory where it keeps state; empty keeps it in memory
 * @param timeScale divides Pub/Sub's durations; empty leaves them
 */
record CloudOptions(
    List<ServiceAccountKey> accounts,
    ServiceAccountKey publisher,
    String firstTopic,
    List<String> identities,
    Optional<Path> dataDirectory,
    Optional<String> timeScale) {

  CloudOptions {
    accounts = List.copyOf(accounts);
    requireNonNull(publisher, "publisher is null");
    requireNonNull(firstTopic, "firstTopic is null");
    identities = List.copyOf(identities);
    requireNonNull(dataDirectory, "dataDirectory is null");
    requireNonNull(timeScale, "timeScale is null");
  }

  /** All but the keys, as its command line takes them. */
  List<String> arguments() {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--project",
                LocalNames.PROJECT,
                "--bucket",
                LocalNames.BUCKET,
                "--publisher",
                publisher.email() + "=" + firstTopic));
    LocalNames.TTL_FIELDS.forEach(field -> arguments.addAll(List.of("--ttl", field)));
    identities.forEach(identity -> arguments.addAll(List.of("--identity", identity)));
    dataDirectory.ifPresent(directory -> arguments.addAll(List.of("--data", directory.toString())));
    timeScale.ifPresent(scale -> arguments.addAll(List.of("--time-scale", scale)));
    return arguments;
  }
}
