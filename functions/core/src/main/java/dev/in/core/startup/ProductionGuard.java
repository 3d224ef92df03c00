package dev.in.core.startup;

import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/**
 * Refuses to start on Cloud Run with anything that is meant for tests: a function that talks to an
 * emulator, trusts another issuer or nobody's tokens, or lets foreign addresses through, must not
 * get as far as its first message.
 */
@Startup
@Singleton
public class ProductionGuard {
  private static final String GOOGLE = "https://accounts.google.com";

  private static final List<String> TEST_ONLY =
      List.of(
          "PUBSUB_EMULATOR_HOST",
          "FIRESTORE_EMULATOR_HOST",
          "STORAGE_EMULATOR_HOST",
          "VISION_EMULATOR_HOST",
          "IN_FETCH_ALLOW",
          "IN_FETCH_CA",
          "IN_TIME_SCALE");

  ProductionGuard(Config config) {
    List<String> problems = problems(config);
    if (!problems.isEmpty()) {
      throw new IllegalStateException(
          "This is Cloud Run (K_SERVICE is set), and it must not have "
              + String.join(", ", problems));
    }
  }

  static List<String> problems(Config config) {
    if (value(config, "K_SERVICE").isEmpty()) {
      return List.of();
    }
    Stream<String> issuer =
        value(config, "IN_OIDC_ISSUER").filter(given -> !given.equals(GOOGLE)).stream()
            .map(_ -> "another IN_OIDC_ISSUER than " + GOOGLE);
    Stream<String> auth =
        value(config, "IN_PUSH_AUTH").filter("none"::equals).stream().map(_ -> "IN_PUSH_AUTH=none");
    Stream<String> tests = TEST_ONLY.stream().filter(name -> value(config, name).isPresent());
    return Stream.of(tests, issuer, auth).flatMap(stream -> stream).toList();
  }

  private static Optional<String> value(Config config, String name) {
    return config.getOptionalValue(name, String.class).filter(value -> !value.isBlank());
  }
}
