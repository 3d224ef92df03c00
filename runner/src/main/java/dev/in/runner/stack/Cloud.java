package dev.in.runner.stack;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Map;

/**
 * A running local cloud, as others reach it.
 *
 * @param endpoint everything but identities; also the issuer of its tokens
 * @param metadataHosts for each account that has one, {@code host:port} of its metadata server
 */
record Cloud(URI endpoint, Map<String, String> metadataHosts) {

  Cloud {
    requireNonNull(endpoint, "endpoint is null");
    metadataHosts = Map.copyOf(metadataHosts);
  }

  /** {@code host:port}, as Google's clients take it in their {@code …_EMULATOR_HOST} variables. */
  String host() {
    return endpoint.getAuthority();
  }

  int port() {
    return endpoint.getPort();
  }

  String metadataHost(String account) {
    String host = metadataHosts.get(account);
    if (host == null) {
      throw new IllegalArgumentException("no metadata server for " + account);
    }
    return host;
  }
}
