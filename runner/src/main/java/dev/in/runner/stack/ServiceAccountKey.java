package dev.in.runner.stack;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A service account's key, made for one run and never on disk: the edge gets it in its environment,
 * the local cloud its public half.
 */
record ServiceAccountKey(String email, String id, KeyPair pair) {
  private static final int BITS = 2048;
  private static final Base64.Encoder MIME =
      Base64.getMimeEncoder(64, new byte[] {'\n'}); // RFC 7468's line length

  ServiceAccountKey {
    requireNonNull(email, "email is null");
    requireNonNull(id, "id is null");
    requireNonNull(pair, "pair is null");
  }

  static ServiceAccountKey generate(String email) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(BITS);
      byte[] id = new byte[20];
      ThreadLocalRandom.current().nextBytes(id);
      return new ServiceAccountKey(
          email, HexFormat.of().formatHex(id), generator.generateKeyPair());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has RSA", e);
    }
  }

  /** The JSON file that Google hands out, as far as the edge reads it. */
  String json() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", "service_account")
        .put("project_id", LocalNames.PROJECT)
        .put("private_key_id", id)
        .put("private_key", pem("PRIVATE KEY", pair.getPrivate().getEncoded()))
        .put("client_email", email)
        .toString();
  }

  String publicKeyPem() {
    return pem("PUBLIC KEY", pair.getPublic().getEncoded());
  }

  @Override
  public String toString() {
    return "key of " + email;
  }

  private static String pem(String label, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(label, MIME.encodeToString(der), label);
  }
}
