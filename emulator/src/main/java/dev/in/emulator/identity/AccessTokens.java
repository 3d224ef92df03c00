package dev.in.emulator.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Access tokens: opaque to clients; the local cloud reads the account back out of them. */
final class AccessTokens {
  static final Duration LIFETIME = Duration.ofHours(1);

  /** That of Google's, by which clients distinguish them from JWTs. */
  private static final String PREFIX = "ya29.";

  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private final Clock clock;
  private final SecretKeySpec secret;

  AccessTokens(Clock clock) {
    this.clock = clock;
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    this.secret = new SecretKeySpec(bytes, "HmacSHA256");
  }

  String token(String email) {
    String content = clock.instant().plus(LIFETIME).getEpochSecond() + " " + email;
    return PREFIX
        + ENCODER.encodeToString(content.getBytes(StandardCharsets.UTF_8))
        + "-.-"
        + ENCODER.encodeToString(mac(content));
  }

  /** Whose token it is; empty for one that has expired or was not made here. */
  Optional<String> account(String token) {
    String[] parts =
        token.startsWith(PREFIX)
            ? token.substring(PREFIX.length()).split("-\\.-", 2)
            : new String[0];
    if (parts.length != 2) {
      return Optional.empty();
    }
    try {
      String content = new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8);
      if (!MessageDigest.isEqual(mac(content), Base64.getUrlDecoder().decode(parts[1]))) {
        return Optional.empty();
      }
      String[] fields = content.split(" ", 2);
      Instant expiry = Instant.ofEpochSecond(Long.parseLong(fields[0]));
      return clock.instant().isBefore(expiry) ? Optional.of(fields[1]) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private byte[] mac(String content) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(secret);
      return mac.doFinal(content.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HmacSHA256 is missing", e);
    }
  }
}
