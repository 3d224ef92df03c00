package dev.in.emulator.storage.http;

import dev.in.emulator.storage.object.StorageFailure;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Percent-encoding by RFC 3986, where a plus sign is a plus sign. */
public final class Percent {
  private Percent() {}

  public static String decode(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw StorageFailure.invalid("Malformed percent-encoding: %s", text);
    }
  }

  /** Everything but letters, digits and {@code -._~} is encoded. */
  public static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }
}
