package dev.in.emulator.storage.object;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Checksums that a caller gave with an upload; a content that has others is refused. */
public record ExpectedHashes(Optional<String> crc32c, Optional<String> md5) {
  public static final ExpectedHashes NONE = new ExpectedHashes(Optional.empty(), Optional.empty());

  /** From an object resource. */
  public static ExpectedHashes of(JsonNode resource) {
    return new ExpectedHashes(text(resource, "crc32c"), text(resource, "md5Hash"));
  }

  private static Optional<String> text(JsonNode resource, String name) {
    return Optional.ofNullable(resource.get(name))
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue);
  }

  /**
   * From {@code x-goog-hash} headers, {@code crc32c=…} and {@code md5=…}, in one or several.
   *
   * @param values the values of all such headers
   */
  public static ExpectedHashes ofHeaders(Iterable<String> values) {
    ExpectedHashes expected = NONE;
    for (String value : values) {
      for (String part : value.split(",")) {
        String hash = part.strip();
        if (hash.startsWith("crc32c=")) {
          expected = new ExpectedHashes(Optional.of(hash.substring(7)), expected.md5);
        } else if (hash.startsWith("md5=")) {
          expected = new ExpectedHashes(expected.crc32c, Optional.of(hash.substring(4)));
        }
      }
    }
    return expected;
  }

  /** This, completed by the other. */
  public ExpectedHashes or(ExpectedHashes other) {
    return new ExpectedHashes(crc32c.or(other::crc32c), md5.or(other::md5));
  }

  public void check(Hashes actual) {
    check("CRC32C", crc32c, actual.crc32c());
    check("MD5 hash", md5, actual.md5());
  }

  private static void check(String what, Optional<String> expected, String actual) {
    if (expected.isPresent() && !expected.get().equals(actual)) {
      throw new StorageFailure(
          StorageFailure.Kind.BAD_DIGEST,
          String.format(
              "Provided %s \"%s\" doesn't match calculated %s \"%s\".",
              what, expected.get(), what, actual));
    }
  }
}
