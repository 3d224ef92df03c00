package dev.in.emulator.identity;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.List;
import java.util.Map;

/** OpenID Connect discovery and the keys that verify ID tokens. */
final class OidcService implements HttpService {
  static final String DISCOVERY = "/.well-known/openid-configuration";

  /** The path of Google's own. */
  static final String KEYS = "/oauth2/v3/certs";

  private final Identity identity;

  OidcService(Identity identity) {
    this.identity = identity;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    if (request.method() != HttpMethod.GET) {
      return HttpResponse.of(HttpStatus.METHOD_NOT_ALLOWED);
    }
    return context.path().equals(KEYS)
        ? HttpResponse.of(this::keys, context.blockingTaskExecutor())
        : HttpResponse.ofJson(discovery());
  }

  private HttpResponse keys() {
    return HttpResponse.ofJson(Map.of("keys", List.of(identity.tokenKey().jwk())));
  }

  private Map<String, Object> discovery() {
    String issuer = identity.issuer().toString();
    return Map.of(
        "issuer", issuer,
        "jwks_uri", issuer + KEYS,
        "response_types_supported", List.of("id_token"),
        "subject_types_supported", List.of("public"),
        "id_token_signing_alg_values_supported", List.of("RS256"),
        "claims_supported",
            List.of("aud", "azp", "email", "email_verified", "exp", "iat", "iss", "sub"));
  }
}
