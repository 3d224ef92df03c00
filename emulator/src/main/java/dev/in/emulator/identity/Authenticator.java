package dev.in.emulator.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Identifies the caller of a REST request by its Authorization header: a JWT that a service account
 * has signed for itself ("Self-signed JWT" in Google's AIP-4111), or an access token of the
 * metadata server.
 */
public final class Authenticator {
  private static final Duration MAX_VALIDITY = Duration.ofHours(1);
  private static final Duration SKEW = Duration.ofMinutes(5);
  private static final String BEARER = "Bearer ";

  private final ServiceAccountKeys keys;
  private final AccessTokens accessTokens;
  private final Clock clock;

  /** A request whose credentials do not hold; REST answers it 401. */
  public static final class UnauthenticatedException extends Exception {
    UnauthenticatedException(String why) {
      super(why);
    }
  }

  Authenticator(ServiceAccountKeys keys, AccessTokens accessTokens, Clock clock) {
    this.keys = keys;
    this.accessTokens = accessTokens;
    this.clock = clock;
  }

  /**
   * @param authorization the header's value
   * @param audience the service that is called, as {@code https://pubsub.googleapis.com/}
   * @return the account's email
   * @throws UnauthenticatedException when the token is unknown, has expired, or is for another
   *     service
   */
  public String account(String authorization, String audience) throws UnauthenticatedException {
    if (!authorization.startsWith(BEARER)) {
      throw new UnauthenticatedException("the Authorization header has no bearer token");
    }
    String token = authorization.substring(BEARER.length()).strip();
    Optional<String> account = accessTokens.account(token);
    return account.isPresent() ? account.get() : selfSigned(token, audience);
  }

  private String selfSigned(String token, String audience) throws UnauthenticatedException {
    Jwt jwt;
    try {
      jwt = Jwt.parse(token);
    } catch (IllegalArgumentException e) {
      throw new UnauthenticatedException(
          "the bearer token is neither a JWT nor an access token of this cloud");
    }
    String email = jwt.claims().path("iss").asText();
    require(
        keys.publicKey(email).filter(jwt::isSignedBy).isPresent(),
        "no registered key of '" + email + "' has signed the token");
    require(email.equals(jwt.claims().path("sub").asText()), "iss and sub differ");
    require(
        withSlash(jwt.claims().path("aud").asText()).equals(withSlash(audience)),
        "the token is for '" + jwt.claims().path("aud").asText() + "', not " + audience);
    requireInTime(jwt);
    return email;
  }

  private void requireInTime(Jwt jwt) throws UnauthenticatedException {
    require(
        jwt.claims().path("iat").isIntegralNumber() && jwt.claims().path("exp").isIntegralNumber(),
        "the token has no iat or exp");
    Instant issued = Instant.ofEpochSecond(jwt.claims().path("iat").asLong());
    Instant expires = Instant.ofEpochSecond(jwt.claims().path("exp").asLong());
    Instant now = clock.instant();
    require(!issued.isAfter(now.plus(SKEW)), "the token is not valid yet");
    require(expires.isAfter(now), "the token has expired");
    require(
        Duration.between(issued, expires).compareTo(MAX_VALIDITY) <= 0,
        "the token is valid for more than an hour");
  }

  private static String withSlash(String url) {
    return url.endsWith("/") ? url : url + "/";
  }

  private static void require(boolean holds, String otherwise) throws UnauthenticatedException {
    if (!holds) {
      throw new UnauthenticatedException(otherwise);
    }
  }
}
