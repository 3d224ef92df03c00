package dev.in.emulator.identity;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** An RSA key of the local cloud's own, made anew with each start. */
final class SigningKey {
  private static final int BITS = 2_048;
  private static final int KEY_ID_CHARS = 40;

  /** Made when it is first needed: that takes up to a second, and many tests need no key. */
  private final FutureTask<KeyPair> keys = new FutureTask<>(SigningKey::generate);

  private static KeyPair generate() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(BITS);
    return generator.generateKeyPair();
  }

  RSAPublicKey publicKey() {
    return (RSAPublicKey) pair().getPublic();
  }

  /** A name for the key, made of the key itself. */
  String id() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(publicKey().getModulus().toByteArray());
      return HexFormat.of().formatHex(digest).substring(0, KEY_ID_CHARS);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("SHA-256 is missing", e);
    }
  }

  /** RSA PKCS #1 v1.5 over SHA-256, which JWT calls RS256. */
  byte[] sign(byte[] bytes) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(pair().getPrivate());
      signature.update(bytes);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("signing failed", e);
    }
  }

  /** The public half as a JSON Web Key (RFC 7517). */
  Map<String, String> jwk() {
    Map<String, String> jwk = new LinkedHashMap<>();
    jwk.put("kty", "RSA");
    jwk.put("alg", "RS256");
    jwk.put("use", "sig");
    jwk.put("kid", id());
    jwk.put("n", unsigned(publicKey().getModulus()));
    jwk.put("e", unsigned(publicKey().getPublicExponent()));
    return jwk;
  }

  private static String unsigned(BigInteger number) {
    byte[] bytes = number.toByteArray();
    byte[] trimmed = bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    return new String(
        Base64.getUrlEncoder().withoutPadding().encode(trimmed), StandardCharsets.US_ASCII);
  }

  private KeyPair pair() {
    keys.run();
    try {
      return keys.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the key is made", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("no key can be made", e.getCause());
    }
  }
}
