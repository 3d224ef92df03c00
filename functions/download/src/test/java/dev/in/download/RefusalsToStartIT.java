package dev.in.download;

import static org.assertj.core.api.Assertions.assertThat;

import dev.in.core.testing.FunctionProcess;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Settings with which no function starts: the process ends, and its log says why. */
class RefusalsToStartIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Map<String, String> EMULATORS =
      Map.of(
          "GOOGLE_CLOUD_PROJECT", "in-local",
          "PUBSUB_EMULATOR_HOST", "localhost:1",
          "FIRESTORE_EMULATOR_HOST", "localhost:1",
          "STORAGE_EMULATOR_HOST", "localhost:1");

  @Test
  void pushAuthenticationHasNoDefault() throws Exception {
    assertThat(refusal(Map.of())).contains("in.push.auth");
  }

  @Test
  void pushAuthenticationHasThreeModes() throws Exception {
    assertThat(refusal(Map.of("IN_PUSH_AUTH", "off"))).contains("in.push.auth");
  }

  @Test
  void oidcNeedsTheAccountThatPushes() throws Exception {
    assertThat(refusal(Map.of("IN_PUSH_AUTH", "oidc", "IN_PUSH_AUDIENCE", "in-local-push")))
        .contains("IN_PUSH_ACCOUNT");
  }

  @Test
  void oidcNeedsAnAudience() throws Exception {
    assertThat(
            refusal(
                Map.of(
                    "IN_PUSH_AUTH", "oidc",
                    "IN_OIDC_ISSUER", "http://127.0.0.1:1",
                    "IN_PUSH_ACCOUNT", "push@in-local.iam.gserviceaccount.com")))
        .contains("IN_PUSH_AUDIENCE");
  }

  @Test
  void iamNeedsTheAccountThatPushes() throws Exception {
    assertThat(refusal(Map.of("IN_PUSH_AUTH", "iam"))).contains("IN_PUSH_ACCOUNT");
  }

  @Test
  void onCloudRunNothingOfTheTestsIsLeft() throws Exception {
    assertThat(
            refusal(
                Map.of(
                    "K_SERVICE", "download",
                    "IN_PUSH_AUTH", "none",
                    "IN_TIME_SCALE", "10",
                    "IN_OIDC_ISSUER", "http://127.0.0.1:1",
                    "IN_FETCH_ALLOW", "127.0.0.1:1")))
        .contains(
            "This is Cloud Run (K_SERVICE is set), and it must not have PUBSUB_EMULATOR_HOST,"
                + " FIRESTORE_EMULATOR_HOST, STORAGE_EMULATOR_HOST, IN_FETCH_ALLOW, IN_TIME_SCALE,"
                + " another IN_OIDC_ISSUER than https://accounts.google.com,");
  }

  private static String refusal(Map<String, String> more) throws InterruptedException {
    Map<String, String> environment = new HashMap<>(EMULATORS);
    environment.putAll(more);
    try (FunctionProcess function = FunctionProcess.start(environment)) {
      assertThat(function.awaitExit(SOON)).as(function.output()).isEqualTo(1);
      return function.output();
    }
  }
}
