package dev.in.runner.login;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.in.runner.process.StackFailure;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.stream.StreamSupport;

/**
 * An ID token and what it says. Its signature is not verified: it comes from the issuer's token
 * endpoint over TLS (OpenID Connect Core, 3.1.3.7), and the edge verifies it.
 *
 * @param text as the edge gets it
 */
record IdToken(String text, JsonNode claims) {
  private static final ObjectMapper JSON = new ObjectMapper();

  IdToken {
    requireNonNull(text, "text is null");
    requireNonNull(claims, "claims is null");
  }

  static IdToken read(String text) throws StackFailure {
    String[] parts = text.split("\\.", -1);
    try {
      if (parts.length == 3) {
        JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
        if (claims.path("exp").isNumber()) {
          return new IdToken(text, claims);
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new StackFailure("the issuer's ID token cannot be read", e);
    }
    throw new StackFailure("the issuer's ID token cannot be read");
  }

  Instant expiresAt() {
    return Instant.ofEpochSecond(claims.path("exp").asLong());
  }

  String subject() {
    return claims.path("sub").asText();
  }

  /** What to call the user, without what a terminal would obey. */
  String userName() {
    return claims.path("email").asText(subject()).replaceAll("\\p{Cc}", "?");
  }

  boolean hasNonce(String nonce) {
    return nonce.equals(claims.path("nonce").textValue());
  }

  /** Checks that the channel's issuer made it for the channel's client. */
  void requireMadeFor(SignInChannel channel) throws StackFailure {
    if (!channel.issuer().equals(claims.path("iss").textValue())) {
      throw new StackFailure("the ID token is another issuer's: " + claims.path("iss").asText());
    }
    JsonNode audience = claims.path("aud");
    boolean forClient =
        audience.isArray()
            ? StreamSupport.stream(audience.spliterator(), false)
                .anyMatch(one -> channel.clientId().equals(one.textValue()))
            : channel.clientId().equals(audience.textValue());
    boolean forOther =
        claims.has("azp") && !channel.clientId().equals(claims.path("azp").textValue());
    if (!forClient || forOther) {
      throw new StackFailure("the ID token was made for another client");
    }
  }

  /** The token stays out of logs. */
  @Override
  public String toString() {
    return "IdToken of " + subject();
  }
}
