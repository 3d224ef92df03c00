package dev.in.core.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What core packs for all functions: the environment's names reach the libraries' keys. */
class PackedConfigurationTest {

  @Test
  void theProjectNamesTheBucketUnlessItIsNamed() throws Exception {
    assertThat(value("in.images-bucket", Map.of())).contains("in-prod-images");
    assertThat(value("in.images-bucket", Map.of("IN_IMAGES_BUCKET", "images"))).contains("images");
  }

  @ParameterizedTest
  @CsvSource({
    "GOOGLE_CLOUD_PROJECT, quarkus.google.cloud.project-id",
    "PUBSUB_EMULATOR_HOST, quarkus.google.cloud.pubsub.emulator-host",
    "FIRESTORE_EMULATOR_HOST, quarkus.google.cloud.firestore.host-override",
    "STORAGE_EMULATOR_HOST, quarkus.google.cloud.storage.host-override",
    "IN_OIDC_ISSUER, quarkus.oidc.auth-server-url",
    "IN_OIDC_ISSUER, quarkus.oidc.token.issuer",
    "IN_PUSH_AUDIENCE, quarkus.oidc.token.audience",
    "PORT, quarkus.http.port"
  })
  void theEnvironmentReachesTheLibraries(String variable, String key) throws Exception {
    assertThat(value(key, Map.of(variable, "4711"))).contains("4711");
  }

  @Test
  void withoutEmulatorsTheClientsCallGoogle() throws Exception {
    assertThat(value("quarkus.google.cloud.pubsub.emulator-host", Map.of())).isEmpty();
    assertThat(value("quarkus.google.cloud.firestore.host-override", Map.of())).isEmpty();
    assertThat(value("quarkus.google.cloud.storage.host-override", Map.of())).isEmpty();
    assertThat(value("quarkus.oidc.auth-server-url", Map.of()))
        .contains("https://accounts.google.com");
    assertThat(value("quarkus.http.port", Map.of())).contains("8080");
  }

  @ParameterizedTest
  @CsvSource({"oidc, true", "iam, false", "none, false"})
  void tokensAreVerifiedHereInOidcAlone(String auth, boolean enabled) throws Exception {
    assertThat(value("quarkus.oidc.tenant-enabled", Map.of("IN_PUSH_AUTH", auth)))
        .contains(Boolean.toString(enabled));
  }

  private static Optional<String> value(String key, Map<String, String> more) throws IOException {
    Map<String, String> environment = new HashMap<>(Map.of("GOOGLE_CLOUD_PROJECT", "in-prod"));
    environment.putAll(more);
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .withSources(new EnvConfigSource(environment, 300))
            .withSources(new PropertiesConfigSource(packed()))
            .build();
    return config.getOptionalValue(key, String.class);
  }

  /** Other libraries on the class path have a file of that name as well. */
  private static URL packed() throws IOException {
    String name = "META-INF/microprofile-config.properties";
    ClassLoader loader = PackedConfigurationTest.class.getClassLoader();
    for (URL url : Collections.list(loader.getResources(name))) {
      try (var content = url.openStream()) {
        if (new String(content.readAllBytes()).contains("in.images-bucket")) {
          return url;
        }
      }
    }
    throw new AssertionError("core packs no " + name);
  }
}
