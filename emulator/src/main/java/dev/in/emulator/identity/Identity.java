package dev.in.emulator.identity;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Who is who in the local cloud: accounts, their keys and their tokens. */
public final class Identity implements ServiceAccountKeys {
  private final Map<String, RSAPublicKey> registered;
  private final Supplier<URI> issuer;
  private final SigningKey tokenKey = new SigningKey();
  private final IdTokens idTokens;
  private final AccessTokens accessTokens;
  private final Authenticator authenticator;

  /**
   * @param registered accounts known by public keys of their own
   * @param issuer the local cloud's address, known once it serves
   */
  public Identity(Map<String, RSAPublicKey> registered, Supplier<URI> issuer, Clock clock) {
    this.registered = Map.copyOf(registered);
    this.issuer = requireNonNull(issuer, "issuer is null");
    this.idTokens = new IdTokens(tokenKey, issuer, clock);
    this.accessTokens = new AccessTokens(clock);
    this.authenticator = new Authenticator(this, accessTokens, clock);
  }

  /** The {@code iss} of ID tokens; discovery and keys are served below it. */
  public URI issuer() {
    return issuer.get();
  }

  /** An ID token as Google would sign it for that account: RS256, an hour from its making. */
  public String idToken(String email, String audience) {
    return idTokens.token(
        requireNonNull(email, "email is null"), requireNonNull(audience, "audience is null"));
  }

  /** An access token for that account, as the metadata server hands it out. */
  public String accessToken(String email) {
    return accessTokens.token(requireNonNull(email, "email is null"));
  }

  /** Makes the key for tokens now, so that the first one need not wait for it. */
  public void warmUp() {
    tokenKey.publicKey();
  }

  public Authenticator authenticator() {
    return authenticator;
  }

  @Override
  public Optional<RSAPublicKey> publicKey(String email) {
    return Optional.ofNullable(registered.get(requireNonNull(email, "email is null")));
  }

  SigningKey tokenKey() {
    return tokenKey;
  }
}
