package dev.in.emulator.identity;

import com.google.auth.oauth2.JwtClaims;
import com.google.auth.oauth2.JwtCredentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.util.List;

/** A service account with a key of its own, signing with Google's library. */
public record TestAccount(String email, KeyPair keys) {

  public static TestAccount create(String name) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2_048);
      return new TestAccount(
          name + "@in-local.iam.gserviceaccount.com", generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public RSAPublicKey publicKey() {
    return (RSAPublicKey) keys.getPublic();
  }

  /** The Authorization header that the account makes for itself. */
  public String bearer(String audience) {
    return bearer(audience, email, email, 3_600);
  }

  public String bearer(String audience, String issuer, String subject, long lifetimeSeconds) {
    try {
      List<String> header =
          JwtCredentials.newBuilder()
              .setPrivateKey(keys.getPrivate())
              .setPrivateKeyId("k1")
              .setLifeSpanSeconds(lifetimeSeconds)
              .setJwtClaims(
                  JwtClaims.newBuilder()
                      .setAudience(audience)
                      .setIssuer(issuer)
                      .setSubject(subject)
                      .build())
              .build()
              .getRequestMetadata()
              .get("Authorization");
      return header.getFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
