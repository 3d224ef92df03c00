package dev.in.core.fetch;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/** The part of a URL behind the host, as it goes over the wire. */
final class UrlPath {
  /**
   * What RFC 3986 lets stand as it is in a path or query, and the percent sign of what was encoded.
   */
  private static final String UNTOUCHED = "-._~!$&'()*+,;=:@/?%";

  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final Pattern DOT = Pattern.compile("\\.|%2[eE]");
  private static final Pattern DOUBLE_DOT = Pattern.compile("(\\.|%2[eE]){2}");

  private UrlPath() {}

  static String encode(String text) {
    StringBuilder encoded = new StringBuilder(text.length() + 16);
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xff);
      if (c < 0x80 && (isAsciiLetterOrDigit(c) || UNTOUCHED.indexOf(c) >= 0)) {
        encoded.append(c);
      } else {
        encoded.append('%').append(HEX.toHighHexDigit(octet)).append(HEX.toLowHexDigit(octet));
      }
    }
    return encoded.toString();
  }

  /** Walks {@code .} and {@code ..} as browsers do before they ask; at least a slash. */
  static String withoutDots(String path) {
    List<String> walked = new ArrayList<>();
    String[] segments = path.split("/", -1);
    for (int i = 1; i < segments.length; i++) {
      boolean last = i == segments.length - 1;
      if (DOUBLE_DOT.matcher(segments[i]).matches()) {
        if (!walked.isEmpty()) {
          walked.removeLast();
        }
        if (last) {
          walked.add("");
        }
      } else if (!DOT.matcher(segments[i]).matches()) {
        walked.add(segments[i]);
      } else if (last) {
        walked.add("");
      }
    }
    return "/" + String.join("/", walked);
  }

  private static boolean isAsciiLetterOrDigit(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
  }
}
