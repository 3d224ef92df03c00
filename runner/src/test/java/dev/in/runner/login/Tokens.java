package dev.in.runner.login;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Base64;

/** ID tokens for tests; nobody here verifies signatures. */
final class Tokens {
  private Tokens() {}

  static ObjectNode claims(SignInChannel channel, Instant expiresAt) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("iss", channel.issuer())
        .put("aud", channel.clientId())
        .put("sub", "ada")
        .put("email", "ada@example.com")
        .put("exp", expiresAt.getEpochSecond());
  }

  static String text(ObjectNode claims) {
    return base64("{\"alg\":\"RS256\"}") + "." + base64(claims.toString()) + "." + base64("signed");
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }
}
