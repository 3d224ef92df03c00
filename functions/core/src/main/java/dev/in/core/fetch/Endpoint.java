package dev.in.core.fetch;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * One server socket by the name that a URL gives it.
 *
 * @param host canonical, as in {@link TargetUrl}: {@code localhost} and {@code 127.0.0.1} are two
 */
public record Endpoint(String host, int port) {
  public Endpoint {
    requireNonNull(host, "host is null");
  }

  /**
   * @param text {@code host:port}, an IPv6 address in brackets
   * @throws IllegalArgumentException if it is anything else
   */
  public static Endpoint parse(String text) {
    int colon = text.lastIndexOf(':');
    Optional<Host> host =
        colon < 0 ? Optional.empty() : HostParser.parse(text.substring(0, colon).strip());
    OptionalInt port = Ports.parse(text.substring(colon + 1).strip());
    if (host.isEmpty() || port.isEmpty()) {
      throw new IllegalArgumentException("not a host:port: " + text);
    }
    return new Endpoint(host.get().text(), port.getAsInt());
  }
}
