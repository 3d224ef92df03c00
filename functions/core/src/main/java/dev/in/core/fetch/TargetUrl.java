package dev.in.core.fetch;

import static java.util.Objects.requireNonNull;

/**
 * An absolute http(s) URL in the one form that it is judged and requested in.
 *
 * @param scheme {@code http} or {@code https}
 * @param port the scheme's own where the URL names none
 * @param pathAndQuery percent-encoded, beginning with a slash; the fragment is gone
 */
public record TargetUrl(String scheme, Host host, int port, String pathAndQuery) {
  public TargetUrl {
    requireNonNull(scheme, "scheme is null");
    requireNonNull(host, "host is null");
    requireNonNull(pathAndQuery, "pathAndQuery is null");
  }

  Endpoint endpoint() {
    return new Endpoint(host.text(), port);
  }

  boolean isSecure() {
    return scheme.equals("https");
  }

  /** As in the {@code Host} header and the address line. */
  String authority() {
    String name = host.text().indexOf(':') < 0 ? host.text() : "[" + host.text() + "]";
    return port == defaultPort(scheme) ? name : name + ":" + port;
  }

  static int defaultPort(String scheme) {
    return scheme.equals("https") ? 443 : 80;
  }

  /** The URL itself. It may hold a user's secrets: never log it, never put it into a message. */
  @Override
  public String toString() {
    return scheme + "://" + authority() + pathAndQuery;
  }
}
