package dev.in.emulator.identity;

import static java.util.Objects.requireNonNull;

import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.ServerBuilder;
import dev.in.emulator.service.ServiceEmulator;
import java.util.Optional;
import java.util.function.IntFunction;

/** Serves the metadata server, and OIDC discovery with its keys. */
public final class IdentityEmulator implements ServiceEmulator {
  private final MetadataService metadata;
  private final OidcService oidc;

  /**
   * @param accountOfPort the account of the metadata server on a port
   */
  public IdentityEmulator(Identity identity, String project, IntFunction<String> accountOfPort) {
    requireNonNull(identity, "identity is null");
    this.metadata = new MetadataService(identity, project, accountOfPort);
    this.oidc = new OidcService(identity);
  }

  @Override
  public void install(ServerBuilder server) {
    // The root too: Google's clients knock there to find out whether they run on Google Cloud.
    server.service("exact:/", metadata);
    server.service("prefix:" + MetadataService.PATH, metadata);
    server.service(OidcService.DISCOVERY, oidc);
    server.service(OidcService.KEYS, oidc);
  }

  @Override
  public Optional<String> callName(RequestHeaders request) {
    String path = request.path().split("\\?", 2)[0];
    if (path.startsWith(MetadataService.PATH)) {
      return Optional.of("metadata." + path.substring(path.lastIndexOf('/') + 1));
    }
    if (path.equals(OidcService.DISCOVERY) || path.equals(OidcService.KEYS)) {
      return Optional.of("oidc." + (path.equals(OidcService.KEYS) ? "keys" : "discovery"));
    }
    return Optional.empty();
  }
}
