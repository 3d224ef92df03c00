package dev.in.emulator.storage.xml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.linecorp.armeria.common.HttpRequest;
import dev.in.emulator.identity.ServiceAccountKeys;
import dev.in.emulator.storage.http.Target;
import dev.in.emulator.storage.object.StorageFailure;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Accepts a request whose URL is signed for exactly what it does, and is still valid. */
public final class SignatureCheck {
  private static final Duration SKEW = Duration.ofMinutes(15);
  private static final DateTimeFormatter EXPIRY =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx");

  private final ServiceAccountKeys keys;
  private final Clock clock;

  public SignatureCheck(ServiceAccountKeys keys, Clock clock) {
    this.keys = requireNonNull(keys, "keys is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  void check(HttpRequest request, Target target) {
    if (!SignedUrl.isSigned(target.parameters())) {
      throw new StorageFailure(
          StorageFailure.Kind.DENIED,
          "Anonymous caller does not have access to the Google Cloud Storage object.");
    }
    SignedUrl url = SignedUrl.parse(target.parameters());
    checkTime(url);
    Map<String, String> headers = headers(request);
    checkAllSigned(url, headers);
    String canonical = url.canonicalRequest(request.method().name(), target, headers);
    String signed = url.stringToSign(canonical);
    if (keys.publicKey(url.account()).filter(key -> verifies(key, signed, url)).isEmpty()) {
      throw wrongSignature(signed, canonical);
    }
  }

  private static StorageFailure wrongSignature(String signed, String canonical) {
    var elements = new LinkedHashMap<String, String>();
    elements.put("StringToSign", signed);
    elements.put("CanonicalRequest", canonical);
    return new StorageFailure(
        StorageFailure.Kind.WRONG_SIGNATURE,
        "The request signature we calculated does not match the signature you provided. Check"
            + " your Google secret key and signing method.",
        elements);
  }

  private void checkTime(SignedUrl url) {
    if (url.expiry().isBefore(clock.instant())) {
      throw new StorageFailure(
          StorageFailure.Kind.EXPIRED_SIGNATURE,
          "The provided token has expired. Request signature expired at: "
              + EXPIRY.format(url.expiry().atOffset(ZoneOffset.UTC)));
    }
    if (url.date().isAfter(clock.instant().plus(SKEW))) {
      throw new StorageFailure(
          StorageFailure.Kind.DENIED, "The request signature is not yet valid: " + url.date());
    }
  }

  private static Map<String, String> headers(HttpRequest request) {
    var headers = new TreeMap<String, String>();
    request
        .headers()
        .forEach((name, value) -> headers.merge(name.toString(), value, (a, b) -> a + "," + b));
    headers.put("host", request.authority());
    return headers;
  }

  /** By the documentation of canonical requests, the host and every {@code x-goog-} header. */
  private static void checkAllSigned(SignedUrl url, Map<String, String> headers) {
    for (String name : headers.keySet()) {
      boolean mustBeSigned = name.equals("host") || name.startsWith("x-goog-");
      if (mustBeSigned && !url.signedHeaders().contains(name)) {
        throw StorageFailure.malformedSignature(name, "Header must be signed");
      }
    }
  }

  private static boolean verifies(RSAPublicKey key, String signed, SignedUrl url) {
    try {
      Signature verifier = Signature.getInstance("SHA256withRSA");
      verifier.initVerify(key);
      verifier.update(signed.getBytes(UTF_8));
      return verifier.verify(url.signature());
    } catch (GeneralSecurityException e) {
      // A signature of the wrong length.
      return false;
    }
  }
}
