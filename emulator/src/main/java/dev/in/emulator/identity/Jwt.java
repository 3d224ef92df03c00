package dev.in.emulator.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.Map;

/**
 * A JSON Web Token signed with RS256 (RFC 7519, RFC 7515).
 *
 * @param signed what the signature covers
 */
record Jwt(JsonNode header, JsonNode claims, byte[] signed, byte[] signature) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  static String signed(Map<String, Object> claims, SigningKey key) {
    String input =
        encode(Map.of("alg", "RS256", "typ", "JWT", "kid", key.id())) + "." + encode(claims);
    return input
        + "."
        + ENCODER.encodeToString(key.sign(input.getBytes(StandardCharsets.US_ASCII)));
  }

  /**
   * Takes a token apart without trusting it.
   *
   * @throws IllegalArgumentException when it is not a JWT
   */
  static Jwt parse(String token) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("a JWT has three parts");
    }
    try {
      Base64.Decoder decoder = Base64.getUrlDecoder();
      return new Jwt(
          JSON.readTree(decoder.decode(parts[0])),
          JSON.readTree(decoder.decode(parts[1])),
          (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII),
          decoder.decode(parts[2]));
    } catch (IOException e) {
      throw new IllegalArgumentException("a JWT's parts are JSON", e);
    }
  }

  boolean isSignedBy(RSAPublicKey key) {
    if (!"RS256".equals(header.path("alg").asText())) {
      return false;
    }
    try {
      Signature verifier = Signature.getInstance("SHA256withRSA");
      verifier.initVerify(key);
      verifier.update(signed);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static String encode(Map<String, Object> json) {
    try {
      return ENCODER.encodeToString(JSON.writeValueAsBytes(json));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("claims must be plain values", e);
    }
  }
}
