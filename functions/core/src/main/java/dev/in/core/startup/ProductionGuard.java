package dev.in.core.startup;

import dev.in.core.auth.OidcConfig;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/**
 * Refuses to start on Cloud Run with anything that is meant for tests: a function that talks to an
 * emulator, trusts another issuer or nobody's tokens, or lets foreign addresses through, must not
 * get as far as its first message. What counts is the configuration that takes effect, by whichever
 * name it was given.
 */
@Startup
@Singleton
public class ProductionGuard {
  private static final String GOOGLE = "https://accounts.google.com";

  /** Refused whatever they say. */
  private static final Map<String, String> NEVER =
      ordered(
          "quarkus.google.cloud.pubsub.emulator-host", "PUBSUB_EMULATOR_HOST",
          "quarkus.google.cloud.firestore.host-override", "FIRESTORE_EMULATOR_HOST",
          "quarkus.google.cloud.storage.host-override", "STORAGE_EMULATOR_HOST",
          "VISION_EMULATOR_HOST", "VISION_EMULATOR_HOST",
          "in.ai.vision-host", "VISION_EMULATOR_HOST",
          "in.fetch.allow", "IN_FETCH_ALLOW",
          "in.fetch.ca", "IN_FETCH_CA",
          "in.clock-offset", "IN_CLOCK_OFFSET");

  /** Configuration of quarkus-oidc, refused where it is anything else than Google's issuer. */
  private static final Map<String, String> OIDC =
      ordered(
          "quarkus.oidc.token.issuer", "QUARKUS_OIDC_TOKEN_ISSUER",
          "quarkus.oidc.auth-server-url", "QUARKUS_OIDC_AUTH_SERVER_URL");

  ProductionGuard(Config config, OidcConfig oidc) {
    List<String> problems = problems(config, oidc);
    if (!problems.isEmpty()) {
      throw new IllegalStateException(
          "This is Cloud Run (K_SERVICE is set), and it must not have "
              + String.join(", ", problems));
    }
  }

  static List<String> problems(Config config, OidcConfig oidc) {
    if (value(config, "K_SERVICE").isEmpty()) {
      return List.of();
    }
    Stream<String> tests =
        NEVER.entrySet().stream()
            .filter(key -> value(config, key.getKey()).isPresent())
            .map(Map.Entry::getValue)
            .distinct();
    Stream<String> scale =
        value(config, "in.time-scale").filter(given -> Double.parseDouble(given) != 1).stream()
            .map(_ -> "IN_TIME_SCALE");
    Stream<String> issuers =
        Stream.concat(
                Stream.of("IN_OIDC_ISSUER").filter(_ -> !oidc.issuer().equals(GOOGLE)),
                OIDC.entrySet().stream()
                    .filter(key -> isNotGoogle(value(config, key.getKey())))
                    .map(Map.Entry::getValue))
            .map(name -> "another " + name + " than " + GOOGLE);
    Stream<String> auth =
        value(config, "in.push.auth").filter("none"::equalsIgnoreCase).stream()
            .map(_ -> "IN_PUSH_AUTH=none");
    return Stream.of(tests, scale, issuers, auth).flatMap(stream -> stream).toList();
  }

  private static boolean isNotGoogle(Optional<String> issuer) {
    return issuer.filter(value -> !value.equals(GOOGLE)).isPresent();
  }

  private static Optional<String> value(Config config, String name) {
    return config.getOptionalValue(name, String.class).filter(value -> !value.isBlank());
  }

  private static Map<String, String> ordered(String... keysAndNames) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndNames.length; i += 2) {
      map.put(keysAndNames[i], keysAndNames[i + 1]);
    }
    return map;
  }
}
