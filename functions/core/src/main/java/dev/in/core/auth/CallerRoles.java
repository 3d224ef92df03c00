package dev.in.core.auth;

import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonValue;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Gives the role {@link #PUSH} to a verified token of the push account, and {@link #OPERATOR} to
 * one of the operators' account. {@code email_verified} is a boolean in Google's tokens, and
 * nothing else counts; quarkus-oidc's required-claims compares strings and would refuse all of
 * them.
 */
@ApplicationScoped
public class CallerRoles implements SecurityIdentityAugmentor {
  static final String PUSH = "push";
  static final String OPERATOR = "operator";

  private final PushAuthConfig push;
  private final OperatorConfig operator;

  public CallerRoles(PushAuthConfig push, OperatorConfig operator) {
    this.push = push;
    this.operator = operator;
  }

  @Override
  public Uni<SecurityIdentity> augment(
      SecurityIdentity identity, AuthenticationRequestContext context) {
    if (!(identity.getPrincipal() instanceof JsonWebToken token)
        || !isTrue(token.getClaim("email_verified"))) {
      return Uni.createFrom().item(identity);
    }
    String email = token.getClaim("email");
    QuarkusSecurityIdentity.Builder roles = QuarkusSecurityIdentity.builder(identity);
    if (push.account().filter(account -> account.equals(email)).isPresent()) {
      roles.addRole(PUSH);
    }
    if (operator.serviceAccount().filter(account -> account.equals(email)).isPresent()) {
      roles.addRole(OPERATOR);
    }
    return Uni.createFrom().item(roles.build());
  }

  /** The token's parser leaves a boolean as JSON. */
  private static boolean isTrue(Object claim) {
    return Boolean.TRUE.equals(claim) || JsonValue.TRUE.equals(claim);
  }
}
