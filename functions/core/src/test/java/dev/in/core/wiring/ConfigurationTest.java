package dev.in.core.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.in.core.auth.OidcConfig;
import dev.in.core.auth.PushAuth;
import dev.in.core.auth.PushAuthConfig;
import dev.in.core.google.GoogleConfig;
import dev.in.core.switches.SwitchConfig;
import dev.in.core.testing.Settings;
import io.smallrye.config.ConfigValidationException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every key of every mapping, by the names of the environment, and what holds without it. */
class ConfigurationTest {

  @Nested
  class Core {
    @Test
    void theBucketMustBeNamedAndTimeIsReal() {
      CoreConfig config = Settings.of(CoreConfig.class, Map.of("IN_IMAGES_BUCKET", "images"));

      assertThat(config.imagesBucket()).isEqualTo("images");
      assertThat(config.timeScale()).isEqualTo(1.0);
      assertThat(config.clockOffset()).isEmpty();
      assertThatThrownBy(() -> Settings.of(CoreConfig.class, Map.of()))
          .isInstanceOf(ConfigValidationException.class)
          .hasMessageContaining("in.images-bucket");
    }

    @Test
    void allKeys() {
      CoreConfig config =
          Settings.of(
              CoreConfig.class,
              Map.of(
                  "IN_IMAGES_BUCKET", "images",
                  "IN_TIME_SCALE", "12.5",
                  "IN_CLOCK_OFFSET", "PT-4M"));

      assertThat(config.timeScale()).isEqualTo(12.5);
      assertThat(config.clockOffset()).contains(Duration.ofMinutes(-4));
      assertThat(Settings.keys(CoreConfig.class))
          .containsExactlyInAnyOrder("in.images-bucket", "in.time-scale", "in.clock-offset");
    }
  }

  @Nested
  class PushAuthentication {
    @Test
    void leavingItOutOpensNothing() {
      assertThatThrownBy(() -> Settings.of(PushAuthConfig.class, Map.of()))
          .isInstanceOf(ConfigValidationException.class)
          .hasMessageContaining("in.push.auth");
    }

    @ParameterizedTest
    @CsvSource({"oidc, OIDC", "iam, IAM", "none, NONE"})
    void eachModeByItsName(String name, PushAuth auth) {
      PushAuthConfig config = Settings.of(PushAuthConfig.class, Map.of("IN_PUSH_AUTH", name));

      assertThat(config.auth()).isEqualTo(auth);
      assertThat(config.account()).isEmpty();
      assertThat(config.audience()).isEmpty();
    }

    @Test
    void allKeys() {
      PushAuthConfig config =
          Settings.of(
              PushAuthConfig.class,
              Map.of(
                  "IN_PUSH_AUTH", "oidc",
                  "IN_PUSH_ACCOUNT", "push@in-prod.iam.gserviceaccount.com",
                  "IN_PUSH_AUDIENCE", "in-push"));

      assertThat(config.account()).contains("push@in-prod.iam.gserviceaccount.com");
      assertThat(config.audience()).contains("in-push");
      assertThat(Settings.keys(PushAuthConfig.class))
          .containsExactlyInAnyOrder("in.push.auth", "in.push.account", "in.push.audience");
    }
  }

  @Nested
  class Oidc {
    @Test
    void googleIsBelieved() {
      assertThat(Settings.of(OidcConfig.class, Map.of()).issuer())
          .isEqualTo("https://accounts.google.com");
    }

    @Test
    void allKeys() {
      OidcConfig config =
          Settings.of(OidcConfig.class, Map.of("IN_OIDC_ISSUER", "http://localhost:1234"));

      assertThat(config.issuer()).isEqualTo("http://localhost:1234");
      assertThat(Settings.keys(OidcConfig.class)).containsExactly("in.oidc.issuer");
    }
  }

  @Nested
  class FeatureSwitches {
    @Test
    void aSettingIsFiveSecondsOldAtMost() {
      assertThat(Settings.of(SwitchConfig.class, Map.of()).maxAge())
          .isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void allKeys() {
      SwitchConfig config = Settings.of(SwitchConfig.class, Map.of("IN_SWITCHES_MAX_AGE", "500ms"));

      assertThat(config.maxAge()).isEqualTo(Duration.ofMillis(500));
      assertThat(Settings.keys(SwitchConfig.class)).containsExactly("in.switches.max-age");
    }
  }

  @Nested
  class Google {
    @Test
    void theProjectMustBeNamedAndTheRestIsGoogles() {
      GoogleConfig config =
          Settings.of(GoogleConfig.class, Map.of("QUARKUS_GOOGLE_CLOUD_PROJECT_ID", "in-prod"));

      assertThat(config.projectId()).isEqualTo("in-prod");
      assertThat(config.firestore().databaseId()).isEqualTo("(default)");
      assertThat(config.pubsub().emulatorHost()).isEmpty();
      assertThat(config.firestore().hostOverride()).isEmpty();
      assertThat(config.storage().hostOverride()).isEmpty();
    }

    @Test
    void allKeys() {
      GoogleConfig config =
          Settings.of(
              GoogleConfig.class,
              Map.of(
                  "QUARKUS_GOOGLE_CLOUD_PROJECT_ID", "in-local",
                  "QUARKUS_GOOGLE_CLOUD_PUBSUB_EMULATOR_HOST", "localhost:0",
                  "QUARKUS_GOOGLE_CLOUD_FIRESTORE_DATABASE_ID", "tasks",
                  "QUARKUS_GOOGLE_CLOUD_FIRESTORE_HOST_OVERRIDE", "localhost:1",
                  "QUARKUS_GOOGLE_CLOUD_STORAGE_HOST_OVERRIDE", "http://localhost:2"));

      assertThat(config.pubsub().emulatorHost()).contains("localhost:0");
      assertThat(config.firestore().databaseId()).isEqualTo("tasks");
      assertThat(config.firestore().hostOverride()).contains("localhost:1");
      assertThat(config.storage().hostOverride()).contains("http://localhost:2");
      assertThat(Settings.keys(GoogleConfig.class))
          .containsExactlyInAnyOrder(
              "quarkus.google.cloud.project-id",
              "quarkus.google.cloud.pubsub.emulator-host",
              "quarkus.google.cloud.firestore.database-id",
              "quarkus.google.cloud.firestore.host-override",
              "quarkus.google.cloud.storage.host-override");
    }
  }
}
