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
 * Gives the role {@link #ROLE} to a verified token of the push account. {@code email_verified} is a
 * boolean in Google's tokens, and nothing else counts; quarkus-oidc's required-claims compares
 * strings and would refuse all of them.
 */
@ApplicationScoped
public class PushAccountAugmentor implements SecurityIdentityAugmentor {
  static final String ROLE = "push";

  private final PushAuthConfig config;

  public PushAccountAugmentor(PushAuthConfig config) {
    this.config = config;
  }

  @Override
  public Uni<SecurityIdentity> augment(
      SecurityIdentity identity, AuthenticationRequestContext context) {
    if (identity.getPrincipal() instanceof JsonWebToken token && isPushAccount(token)) {
      return Uni.createFrom().item(QuarkusSecurityIdentity.builder(identity).addRole(ROLE).build());
    }
    return Uni.createFrom().item(identity);
  }

  private boolean isPushAccount(JsonWebToken token) {
    return config.account().filter(account -> account.equals(token.getClaim("email"))).isPresent()
        && isTrue(token.getClaim("email_verified"));
  }

  /** The token's parser leaves a boolean as JSON. */
  private static boolean isTrue(Object claim) {
    return Boolean.TRUE.equals(claim) || JsonValue.TRUE.equals(claim);
  }
}
