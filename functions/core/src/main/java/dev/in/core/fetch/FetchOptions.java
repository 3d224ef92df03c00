package dev.in.core.fetch;

import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What this installation lets be fetched.
 *
 * @param schemes of {@code http} and {@code https}
 * @param ports that URLs may name, or have by their scheme
 * @param allowed exempt from the rules on schemes, ports and addresses, though not from the limits;
 *     for tests
 * @param trusted certificates that count beside the Java runtime's own roots; for tests
 */
public record FetchOptions(
    SortedSet<String> schemes,
    Set<Integer> ports,
    Set<Endpoint> allowed,
    List<X509Certificate> trusted) {
  public FetchOptions {
    schemes = Collections.unmodifiableSortedSet(new TreeSet<>(schemes));
    ports = Set.copyOf(ports);
    allowed = Set.copyOf(allowed);
    trusted = List.copyOf(trusted);
    if (!Set.of("http", "https").containsAll(schemes)) {
      throw new IllegalArgumentException("schemes can be http and https only: " + schemes);
    }
  }

  /** What holds where nothing is configured: https, the usual ports, no exemption. */
  public static FetchOptions strict() {
    return new FetchOptions(new TreeSet<>(Set.of("https")), Set.of(443, 80), Set.of(), List.of());
  }
}
