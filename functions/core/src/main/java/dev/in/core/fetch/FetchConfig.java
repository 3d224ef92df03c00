package dev.in.core.fetch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** {@code in.fetch.*}, or {@code IN_FETCH_*} in the environment. */
@ConfigMapping(prefix = "in.fetch")
public interface FetchConfig {
  /** The schemes that are fetched: {@code https}, and {@code http} where one must. */
  @WithDefault("https")
  Set<String> schemes();

  /** The ports that are fetched from, whatever the scheme. */
  @WithDefault("443,80")
  Set<Integer> ports();

  /**
   * Exactly these {@code host:port} are exempt from the rules on schemes, ports and addresses. For
   * tests alone: a function on Cloud Run does not start with it.
   */
  Optional<Set<String>> allow();

  /** A PEM file of certificates that are trusted beside the Java runtime's own roots. For tests. */
  Optional<String> ca();

  /**
   * @throws IllegalArgumentException if a value makes no sense
   */
  default FetchOptions options() {
    return new FetchOptions(
        new TreeSet<>(schemes()),
        ports(),
        allow().orElse(Set.of()).stream().map(Endpoint::parse).collect(Collectors.toSet()),
        ca().map(Path::of).map(Trust::readPem).orElse(List.of()));
  }
}
