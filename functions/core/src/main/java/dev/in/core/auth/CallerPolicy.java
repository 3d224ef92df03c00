package dev.in.core.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;

/**
 * Lets the push account through, and below {@code /operator/} the operators' account; nobody else.
 * The configuration binds it to all paths but the probes' and the metrics'.
 */
@ApplicationScoped
public class CallerPolicy implements HttpSecurityPolicy {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PushAuthConfig config;
  private final OperatorConfig operator;

  public CallerPolicy(PushAuthConfig config, OperatorConfig operator) {
    this.config = config;
    this.operator = operator;
    if (config.auth() != PushAuth.NONE && config.account().isEmpty()) {
      throw new IllegalStateException(
          "IN_PUSH_AUTH=" + config.auth() + " needs IN_PUSH_ACCOUNT, the pushing account's email");
    }
    if (config.auth() == PushAuth.OIDC && config.audience().isEmpty()) {
      throw new IllegalStateException("IN_PUSH_AUTH=OIDC needs IN_PUSH_AUDIENCE");
    }
  }

  @Override
  public String name() {
    return "caller";
  }

  @Override
  public Uni<CheckResult> checkPermission(
      RoutingContext request, Uni<SecurityIdentity> identity, AuthorizationRequestContext context) {
    boolean forOperators = isForOperators(request.normalizedPath());
    return switch (config.auth()) {
      case OIDC -> {
        String role = forOperators ? CallerRoles.OPERATOR : CallerRoles.PUSH;
        yield identity.map(caller -> result(caller.hasRole(role)));
      }
      case IAM -> {
        Optional<String> account = forOperators ? operator.serviceAccount() : config.account();
        yield Uni.createFrom()
            .item(
                result(
                    account.isPresent()
                        && isWhatCloudRunChecked(request)
                        && claims(request, account.get())));
      }
      case NONE -> CheckResult.permit();
    };
  }

  /**
   * The dispatcher ignores what follows a semicolon in a segment, and empty segments. Whoever
   * begins like it counts, too: operators can do less harm there than others here.
   */
  private static boolean isForOperators(String path) {
    return path.replaceAll(";[^/]*", "").replaceAll("/{2,}", "/").startsWith("/operator");
  }

  /**
   * With both headers Cloud Run checks {@code X-Serverless-Authorization} alone, and whatever
   * {@code Authorization} says comes through (Cloud Run, "Service-to-service authentication").
   */
  private static boolean isWhatCloudRunChecked(RoutingContext request) {
    return !request.request().headers().contains("X-Serverless-Authorization");
  }

  /** The signature is Cloud Run's to check, and is gone by now; only the claims are left. */
  private static boolean claims(RoutingContext request, String account) {
    return claims(request.request().getHeader("Authorization"))
        .filter(claims -> BooleanNode.TRUE.equals(claims.path("email_verified")))
        .map(claims -> claims.path("email").asText())
        .equals(Optional.of(account));
  }

  private static Optional<JsonNode> claims(String authorization) {
    if (authorization == null || !authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
      return Optional.empty();
    }
    String[] parts = authorization.substring(7).split("\\.");
    if (parts.length < 2) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readTree(Base64.getUrlDecoder().decode(parts[1])));
    } catch (IllegalArgumentException | IOException e) {
      return Optional.empty();
    }
  }

  private static CheckResult result(boolean permitted) {
    return permitted ? CheckResult.PERMIT : CheckResult.DENY;
  }
}
