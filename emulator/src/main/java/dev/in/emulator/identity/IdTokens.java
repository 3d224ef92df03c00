package dev.in.emulator.identity;

import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/** ID tokens with the claims of Google's ("Verify a token's payload"), one hour each. */
final class IdTokens {
  static final Duration LIFETIME = Duration.ofHours(1);

  /** Google's own metadata server hands out a token again while it has time left. */
  private static final Duration REUSED_FOR = Duration.ofMinutes(30);

  private static final int MAX_CACHED = 1_000;

  /** Google's account ids have 21 digits and start with a 1. */
  private static final BigInteger SUBJECTS = BigInteger.TEN.pow(20);

  private final SigningKey key;
  private final Supplier<URI> issuer;
  private final Clock clock;
  private final ConcurrentMap<Wanted, Minted> cache = new ConcurrentHashMap<>();

  private record Wanted(String email, String audience) {}

  private record Minted(String token, Instant at) {}

  IdTokens(SigningKey key, Supplier<URI> issuer, Clock clock) {
    this.key = key;
    this.issuer = issuer;
    this.clock = clock;
  }

  String token(String email, String audience) {
    if (cache.size() > MAX_CACHED) {
      cache.clear();
    }
    Instant now = clock.instant();
    return cache
        .compute(
            new Wanted(email, audience),
            (wanted, minted) ->
                minted != null && now.isBefore(minted.at().plus(REUSED_FOR))
                    ? minted
                    : new Minted(mint(email, audience, now), now))
        .token();
  }

  private String mint(String email, String audience, Instant now) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("aud", audience);
    claims.put("azp", subject(email));
    claims.put("email", email);
    claims.put("email_verified", true);
    claims.put("exp", now.plus(LIFETIME).getEpochSecond());
    claims.put("iat", now.getEpochSecond());
    claims.put("iss", issuer.get().toString());
    claims.put("sub", subject(email));
    return Jwt.signed(claims, key);
  }

  /** The account's unique id: the same for the same email. */
  static String subject(String email) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(email.getBytes(StandardCharsets.UTF_8));
      return SUBJECTS.add(new BigInteger(1, digest).mod(SUBJECTS)).toString();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("SHA-256 is missing", e);
    }
  }
}
