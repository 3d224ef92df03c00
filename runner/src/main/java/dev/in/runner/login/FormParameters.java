package dev.in.runner.login;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code application/x-www-form-urlencoded}, of queries and bodies. */
final class FormParameters {
  private FormParameters() {}

  static String encode(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(one -> encode(one.getKey()) + "=" + encode(one.getValue()))
        .collect(Collectors.joining("&"));
  }

  /**
   * @param query null has none, as of a URI
   */
  static Map<String, String> decode(String query) {
    Map<String, String> parameters = new HashMap<>();
    for (String one : query == null ? new String[0] : query.split("&")) {
      String[] parts = one.split("=", 2);
      parameters.put(decodeText(parts[0]), parts.length == 2 ? decodeText(parts[1]) : "");
    }
    return parameters;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private static String decodeText(String text) {
    return URLDecoder.decode(text, UTF_8);
  }
}
