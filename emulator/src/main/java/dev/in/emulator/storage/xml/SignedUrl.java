package dev.in.emulator.storage.xml;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.in.emulator.storage.http.Parameters;
import dev.in.emulator.storage.http.Percent;
import dev.in.emulator.storage.http.Target;
import dev.in.emulator.storage.object.StorageFailure;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The signature in the query of a V4 signed URL, and what it was made over.
 *
 * <p>Source: "V4 signing process with your own program" and "Canonical requests" in Cloud Storage's
 * documentation.
 *
 * @param account the service account's email
 * @param scope date, location, service and {@code goog4_request}
 * @param date when it was signed
 * @param signedHeaders lower-case, sorted
 */
record SignedUrl(
    String account,
    String scope,
    Instant date,
    Duration validity,
    List<String> signedHeaders,
    byte[] signature) {
  private static final String ALGORITHM = "GOOG4-RSA-SHA256";
  private static final String SIGNATURE = "X-Goog-Signature";
  private static final Duration MAX_VALIDITY = Duration.ofDays(7);
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'");

  static boolean isSigned(Parameters parameters) {
    return parameters.text(SIGNATURE).isPresent();
  }

  static SignedUrl parse(Parameters parameters) {
    if (!required(parameters, "X-Goog-Algorithm").equals(ALGORITHM)) {
      throw malformed("X-Goog-Algorithm", "Only " + ALGORITHM + " is covered.");
    }
    String credential = required(parameters, "X-Goog-Credential");
    int slash = credential.indexOf('/');
    if (slash < 0 || !credential.endsWith("/goog4_request")) {
      throw malformed("X-Goog-Credential", "The credential has no scope.");
    }
    return new SignedUrl(
        credential.substring(0, slash),
        credential.substring(slash + 1),
        date(required(parameters, "X-Goog-Date")),
        validity(required(parameters, "X-Goog-Expires")),
        List.of(required(parameters, "X-Goog-SignedHeaders").split(";")),
        signature(required(parameters, SIGNATURE)));
  }

  private static String required(Parameters parameters, String name) {
    return parameters
        .text(name)
        .orElseThrow(() -> malformed(name, "The query parameter is missing."));
  }

  private static StorageFailure malformed(String parameter, String details) {
    return StorageFailure.malformedSignature(parameter, details);
  }

  private static Instant date(String text) {
    try {
      return LocalDateTime.parse(text, DATE).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw malformed("X-Goog-Date", "Not a date: " + text);
    }
  }

  private static Duration validity(String text) {
    try {
      Duration validity = Duration.ofSeconds(Long.parseLong(text));
      if (validity.isNegative() || validity.compareTo(MAX_VALIDITY) > 0) {
        throw malformed("X-Goog-Expires", "At most " + MAX_VALIDITY.toSeconds() + " seconds.");
      }
      return validity;
    } catch (NumberFormatException e) {
      throw malformed("X-Goog-Expires", "Not a number: " + text);
    }
  }

  private static byte[] signature(String text) {
    try {
      return HexFormat.of().parseHex(text);
    } catch (IllegalArgumentException e) {
      throw malformed(SIGNATURE, "The signature is not hexadecimal.");
    }
  }

  Instant expiry() {
    return date.plus(validity);
  }

  /**
   * A request as it came in, in the form that is signed.
   *
   * @param headers by lower-case name, several of a name joined by commas
   */
  String canonicalRequest(String method, Target target, Map<String, String> headers) {
    return String.join(
        "\n",
        method,
        canonicalPath(target.path()),
        canonicalQuery(target.parameters()),
        canonicalHeaders(headers),
        String.join(";", signedHeaders),
        headers.getOrDefault("x-goog-content-sha256", "UNSIGNED-PAYLOAD"));
  }

  String stringToSign(String canonicalRequest) {
    String signedAt = DATE.format(date.atOffset(ZoneOffset.UTC));
    return String.join("\n", ALGORITHM, signedAt, scope, hex(sha256(canonicalRequest)));
  }

  private static String canonicalPath(String path) {
    return String.join(
        "/",
        List.of(path.split("/", -1)).stream()
            .map(segment -> Percent.encode(Percent.decode(segment)))
            .toList());
  }

  private static String canonicalQuery(Parameters parameters) {
    var encoded = new TreeMap<String, List<String>>();
    parameters.values().forEach((name, values) -> encoded.put(Percent.encode(name), values));
    encoded.remove(SIGNATURE);
    return String.join(
        "&",
        encoded.entrySet().stream()
            .flatMap(
                entry ->
                    entry.getValue().stream()
                        .map(Percent::encode)
                        .sorted()
                        .map(value -> entry.getKey() + "=" + value))
            .toList());
  }

  private String canonicalHeaders(Map<String, String> headers) {
    var lines = new StringBuilder();
    for (String name : signedHeaders) {
      String value =
          Optional.ofNullable(headers.get(name))
              .orElseThrow(
                  () ->
                      malformed(
                          name, "Header was included in signedheaders, but not in the request."));
      lines.append(name).append(':').append(value.strip().replaceAll("\\s+", " ")).append('\n');
    }
    return lines.toString();
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
