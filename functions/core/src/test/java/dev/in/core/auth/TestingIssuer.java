package dev.in.core.auth;

import com.sun.net.httpserver.HttpServer;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;

/** An issuer of tokens with real keys, found by discovery as Google's is. */
final class TestingIssuer implements AutoCloseable {
  private static final String KEY_ID = "key-1";

  private final KeyPair published = newKeys();
  private final KeyPair unpublished = newKeys();
  private final HttpServer server;

  TestingIssuer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException("no issuer can be started", e);
    }
    serve(
        "/.well-known/openid-configuration",
        """
        {"issuer": "%s", "jwks_uri": "%s/certs", "response_types_supported": ["id_token"],
         "subject_types_supported": ["public"], "id_token_signing_alg_values_supported": ["RS256"]}
        """
            .formatted(url(), url()));
    serve("/certs", jwks());
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What Google says of the push account, for an hour from now. */
  Map<String, Object> claims(String account, String audience) {
    Instant now = Instant.now();
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", url());
    claims.put("aud", audience);
    claims.put("azp", "113774264463038321964");
    claims.put("sub", "113774264463038321964");
    claims.put("email", account);
    claims.put("email_verified", true);
    claims.put("iat", now.getEpochSecond());
    claims.put("exp", now.plus(Duration.ofHours(1)).getEpochSecond());
    return claims;
  }

  String signed(Map<String, Object> claims) {
    return signed(claims, published, KEY_ID);
  }

  /** Bears the published key's id, and another's signature. */
  String forged(Map<String, Object> claims) {
    return signed(claims, unpublished, KEY_ID);
  }

  /** Signed by an unknown key. */
  String signedByStranger(Map<String, Object> claims) {
    return signed(claims, unpublished, "key-2");
  }

  /** Signed with the public key as if it were a shared secret. */
  String signedByPublicKey(Map<String, Object> claims) {
    return Jwt.claims(claims)
        .jws()
        .keyId(KEY_ID)
        .algorithm(SignatureAlgorithm.HS256)
        .sign(new SecretKeySpec(published.getPublic().getEncoded(), "HmacSHA256"));
  }

  /** As Cloud Run hands a token on once its IAM has verified it. */
  static String withoutSignature(String token) {
    return token.substring(0, token.lastIndexOf('.')) + ".SIGNATURE_REMOVED_BY_GOOGLE";
  }

  private static String signed(Map<String, Object> claims, KeyPair keys, String keyId) {
    return Jwt.claims(claims).jws().keyId(keyId).sign(keys.getPrivate());
  }

  private String jwks() {
    RSAPublicKey key = (RSAPublicKey) published.getPublic();
    return """
    {"keys": [{"kty": "RSA", "alg": "RS256", "use": "sig", "kid": "%s", "n": "%s", "e": "%s"}]}
    """
        .formatted(KEY_ID, base64(key.getModulus()), base64(key.getPublicExponent()));
  }

  private static String base64(BigInteger number) {
    byte[] bytes = number.toByteArray();
    int sign = bytes[0] == 0 ? 1 : 0;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOfRange(bytes, sign, bytes.length));
  }

  private void serve(String path, String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    server.createContext(
        path,
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }

  private static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has RSA", e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
