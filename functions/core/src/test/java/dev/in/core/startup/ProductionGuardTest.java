package dev.in.core.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.in.core.auth.OidcConfig;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a function on Cloud Run refuses to start with, each setting by itself. */
class ProductionGuardTest {
  private static final Map<String, String> PRODUCTION =
      Map.of(
          "K_SERVICE", "download",
          "GOOGLE_CLOUD_PROJECT", "in-prod",
          "IN_PUSH_AUTH", "oidc",
          "IN_PUSH_ACCOUNT", "push@in-prod.iam.gserviceaccount.com",
          "IN_PUSH_AUDIENCE", "in-push");

  @Test
  void whatProductionSetsIsFine() {
    assertThat(problems(PRODUCTION)).isEmpty();
    assertThat(problems(with("IN_PUSH_AUTH", "iam"))).isEmpty();
    assertThat(problems(with("IN_OIDC_ISSUER", "https://accounts.google.com"))).isEmpty();
    assertThat(problems(with("IN_TIME_SCALE", "1"))).isEmpty();
    assertThat(problems(with("PUBSUB_EMULATOR_HOST", ""))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "PUBSUB_EMULATOR_HOST, localhost:1, PUBSUB_EMULATOR_HOST",
    "FIRESTORE_EMULATOR_HOST, localhost:1, FIRESTORE_EMULATOR_HOST",
    "STORAGE_EMULATOR_HOST, localhost:1, STORAGE_EMULATOR_HOST",
    "VISION_EMULATOR_HOST, localhost:1, VISION_EMULATOR_HOST",
    "IN_AI_VISION_HOST, localhost:1, VISION_EMULATOR_HOST",
    "QUARKUS_GOOGLE_CLOUD_PUBSUB_EMULATOR_HOST, localhost:1, PUBSUB_EMULATOR_HOST",
    "QUARKUS_GOOGLE_CLOUD_FIRESTORE_HOST_OVERRIDE, localhost:1, FIRESTORE_EMULATOR_HOST",
    "QUARKUS_GOOGLE_CLOUD_STORAGE_HOST_OVERRIDE, localhost:1, STORAGE_EMULATOR_HOST",
    "IN_FETCH_ALLOW, 127.0.0.1:8080, IN_FETCH_ALLOW",
    "IN_FETCH_CA, /tmp/ca.pem, IN_FETCH_CA",
    "IN_CLOCK_OFFSET, PT4M, IN_CLOCK_OFFSET",
    "IN_TIME_SCALE, 10, IN_TIME_SCALE",
    "IN_PUSH_AUTH, none, IN_PUSH_AUTH=none",
    "IN_PUSH_AUTH, NONE, IN_PUSH_AUTH=none"
  })
  void eachTestOnlySettingIsRefused(String name, String value, String problem) {
    assertThat(problems(with(name, value))).containsExactly(problem);
  }

  @ParameterizedTest
  @CsvSource({
    "IN_OIDC_ISSUER, http://localhost:1",
    "IN_OIDC_ISSUER, https://accounts.google.com.evil.example",
    "QUARKUS_OIDC_TOKEN_ISSUER, any",
    "QUARKUS_OIDC_AUTH_SERVER_URL, https://example.com"
  })
  void anotherIssuerIsRefused(String name, String value) {
    assertThat(problems(with(name, value)))
        .containsExactly("another " + name + " than https://accounts.google.com");
  }

  @Test
  void allOfThemAreToldAtOnce() {
    SmallRyeConfig config =
        config(
            Map.of(
                "K_SERVICE", "download",
                "IN_PUSH_AUTH", "none",
                "IN_TIME_SCALE", "10",
                "PUBSUB_EMULATOR_HOST", "localhost:1"));

    assertThatThrownBy(() -> new ProductionGuard(config, config.getConfigMapping(OidcConfig.class)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "This is Cloud Run (K_SERVICE is set), and it must not have PUBSUB_EMULATOR_HOST,"
                + " IN_TIME_SCALE, IN_PUSH_AUTH=none");
  }

  @Test
  void elsewhereEverythingGoes() {
    assertThat(
            problems(
                Map.of(
                    "IN_PUSH_AUTH", "none",
                    "IN_TIME_SCALE", "10",
                    "IN_FETCH_ALLOW", "127.0.0.1:8080",
                    "IN_OIDC_ISSUER", "http://localhost:1",
                    "PUBSUB_EMULATOR_HOST", "localhost:1")))
        .isEmpty();
  }

  private static List<String> problems(Map<String, String> environment) {
    SmallRyeConfig config = config(environment);
    return ProductionGuard.problems(config, config.getConfigMapping(OidcConfig.class));
  }

  private static Map<String, String> with(String name, String value) {
    Map<String, String> more = new HashMap<>(PRODUCTION);
    more.put(name, value);
    return more;
  }

  /** The environment over what core packs; the mapping's own default for the issuer. */
  private static SmallRyeConfig config(Map<String, String> environment) {
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .withSources(new EnvConfigSource(environment, 300))
        .withSources(
            new io.smallrye.config.PropertiesConfigSource(
                Map.of(
                    "quarkus.google.cloud.pubsub.emulator-host", "${PUBSUB_EMULATOR_HOST:}",
                    "quarkus.google.cloud.firestore.host-override", "${FIRESTORE_EMULATOR_HOST:}",
                    "quarkus.google.cloud.storage.host-override", "${STORAGE_EMULATOR_HOST:}"),
                "core",
                100))
        .withMapping(OidcConfig.class)
        .build();
  }
}
