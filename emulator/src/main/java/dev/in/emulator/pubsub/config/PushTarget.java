package dev.in.emulator.pubsub.config;

import com.google.pubsub.v1.PushConfig;
import java.net.URI;
import java.util.Optional;

/**
 * Where a subscription pushes to, and as whom.
 *
 * @param token empty sends no Authorization header
 */
public record PushTarget(URI endpoint, Optional<Token> token) {

  /**
   * @param audience the {@code aud} claim; Google's default is the endpoint's URL
   */
  public record Token(String serviceAccountEmail, String audience) {}

  /**
   * Reads a push configuration.
   *
   * @return empty for one without an endpoint, which means pull
   * @throws IllegalArgumentException when the endpoint is not an absolute http(s) URL
   */
  public static Optional<PushTarget> of(PushConfig config) {
    if (config.getPushEndpoint().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new PushTarget(endpoint(config.getPushEndpoint()), token(config)));
  }

  private static URI endpoint(String text) {
    URI endpoint = URI.create(text);
    // Google demands https; the local cloud pushes to processes of this machine.
    boolean http = "http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme());
    if (!http || endpoint.getHost() == null) {
      throw new IllegalArgumentException("not an absolute http(s) URL: " + text);
    }
    return endpoint;
  }

  private static Optional<Token> token(PushConfig config) {
    if (!config.hasOidcToken() || config.getOidcToken().getServiceAccountEmail().isEmpty()) {
      return Optional.empty();
    }
    PushConfig.OidcToken token = config.getOidcToken();
    return Optional.of(
        new Token(
            token.getServiceAccountEmail(),
            token.getAudience().isEmpty() ? config.getPushEndpoint() : token.getAudience()));
  }
}
