package dev.in.runner.stack;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What children inherit: a short list, so that nothing of the user's own Google Cloud leaks in. A
 * function with real credentials in its environment would work on real data.
 */
final class BaseEnvironment {
  private static final List<String> INHERITED =
      List.of(
          "PATH",
          "HOME",
          "USER",
          "LANG",
          "LC_ALL",
          "LC_CTYPE",
          "TZ",
          "TMPDIR",
          // Where traces go, if anywhere.
          "OTEL_EXPORTER_OTLP_ENDPOINT",
          "OTEL_EXPORTER_OTLP_PROTOCOL");

  private BaseEnvironment() {}

  /** The inherited variables that are set, and those that are named beside. */
  static Map<String, String> with(Map<String, String> own, String... passedThrough) {
    Map<String, String> result = new LinkedHashMap<>();
    INHERITED.forEach(name -> inherit(name, result));
    inherit(result, passedThrough);
    result.putAll(own);
    return result;
  }

  /** Adds those that are set. */
  static void inherit(Map<String, String> target, String... names) {
    List.of(names).forEach(name -> inherit(name, target));
  }

  private static void inherit(String name, Map<String, String> target) {
    String value = System.getenv(name);
    if (value != null) {
      target.put(name, value);
    }
  }
}
