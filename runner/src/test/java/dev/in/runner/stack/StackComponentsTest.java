package dev.in.runner.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StackComponentsTest {
  private static final Cloud CLOUD =
      new Cloud(
          URI.create("http://localhost:4000"),
          Map.of("sync@in-local.iam.gserviceaccount.com", "localhost:4001"));

  @Test
  void theEdgesPortIsInWorkerdsEvent() {
    assertThat(EdgeComponent.port("{\"event\":\"listen\",\"socket\":\"http\",\"port\":34567}"))
        .contains(34567);
    assertThat(EdgeComponent.port("{\"severity\":\"INFO\",\"message\":\"listen\"}")).isEmpty();
  }

  @Test
  void aFunctionsPortIsInQuarkusLogLine() {
    assertThat(
            FunctionComponent.port(
                "{\"severity\":\"INFO\",\"message\":\"download 1.0-SNAPSHOT on JVM started in"
                    + " 1.987s. Listening on: http://127.0.0.1:41234\"}"))
        .contains(41234);
    assertThat(FunctionComponent.port("{\"message\":\"Profile prod activated.\"}")).isEmpty();
  }

  @Test
  void theLocalCloudPrintsIdentitiesBeforeItIsReady() {
    Map<String, String> hosts = new HashMap<>();

    assertThat(CloudLauncher.readLine("WARNING: something", hosts)).isEmpty();
    assertThat(CloudLauncher.readLine("identity sync@x localhost:4001", hosts)).isEmpty();
    assertThat(CloudLauncher.readLine("ready http://localhost:4000", hosts))
        .contains(URI.create("http://localhost:4000"));
    assertThat(hosts).containsExactly(entry("sync@x", "localhost:4001"));
  }

  @Test
  void theLocalCloudsArgumentsNameThePublisherAndItsTopics() {
    ServiceAccountKey key = ServiceAccountKey.generate("edge-publisher@x");

    assertThat(
            new CloudOptions(
                    List.of(key),
                    key,
                    List.of("download-topic", "task-commands"),
                    List.of("sync@x", "download@x"),
                    Optional.of(Path.of("/data")),
                    Optional.of("60"))
                .arguments())
        .containsExactly(
            "--project",
            "in-local",
            "--bucket",
            "in-local-images",
            "--publisher",
            "edge-publisher@x=download-topic",
            "--publisher",
            "edge-publisher@x=task-commands",
            "--ttl",
            "tasks=expiresAt",
            "--ttl",
            "deadLetters=expiresAt",
            "--ttl",
            "operations=expiresAt",
            "--ttl",
            "history=expiresAt",
            "--ttl",
            "statistics=expiresAt",
            "--identity",
            "sync@x",
            "--identity",
            "download@x",
            "--data",
            "/data",
            "--time-scale",
            "60");
  }

  @Test
  void temporaryFilesGoToTheRunsOwnFolder() throws Exception {
    Jvm jvm = new Jvm(AotCaches.used(Path.of("/no/caches")), Path.of("/run/tmp"));

    List<String> command = jvm.command("ai", 384, List.of(), List.of("-jar", "ai.jar"));

    assertThat(command)
        .startsWith(Path.of(System.getProperty("java.home"), "bin", "java").toString())
        .containsSubsequence("-Xmx384m", "-Djava.io.tmpdir=/run/tmp", "-jar", "ai.jar")
        .endsWith("ai.jar");
  }

  @Test
  void aFunctionsEnvironmentHasEverythingItNeedsAndNothingOfTheUsersGoogleCloud() {
    Map<String, String> environment =
        new FunctionEnvironment(
                CLOUD, URI.create("http://127.0.0.1:5000"), Path.of("/none"), Path.of("/mail"))
            .of("sync");

    Map<String, String> inherited = BaseEnvironment.with(Map.of());
    assertThat(inherited.keySet())
        .isSubsetOf("PATH", "HOME", "USER", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR")
        .contains("PATH");
    Map<String, String> own = new HashMap<>(environment);
    own.keySet().removeAll(inherited.keySet());
    assertThat(own)
        .containsOnly(
            entry("GOOGLE_CLOUD_PROJECT", "in-local"),
            entry("IN_IMAGES_BUCKET", "in-local-images"),
            entry("PUBSUB_EMULATOR_HOST", "localhost:4000"),
            entry("FIRESTORE_EMULATOR_HOST", "localhost:4000"),
            entry("STORAGE_EMULATOR_HOST", "http://localhost:4000"),
            entry("VISION_EMULATOR_HOST", "localhost:4000"),
            entry("GCE_METADATA_HOST", "localhost:4001"),
            entry("CLOUDSDK_CONFIG", "/none"),
            entry("IN_MAIL_FROM", "in@in-local.example"),
            entry("IN_MAIL_FOLDER", "/mail"),
            entry("IN_PUSH_AUTH", "oidc"),
            entry("IN_PUSH_ACCOUNT", "push@in-local.iam.gserviceaccount.com"),
            entry("IN_PUSH_AUDIENCE", "in-local-push-sync"),
            entry("IN_OIDC_ISSUER", "http://localhost:4000"),
            entry("IN_OPERATOR_SERVICE_ACCOUNT", "operator@in-local.iam.gserviceaccount.com"),
            entry("IN_EDGE_URL", "http://127.0.0.1:5000"),
            entry("IN_EDGE_AUDIENCE", "in-local-edge"),
            entry("PORT", "0"),
            entry("QUARKUS_HTTP_HOST", "127.0.0.1"));
  }

  @Test
  void theEdgesEnvironmentHasEverythingItNeeds() {
    ServiceAccountKey publisher = ServiceAccountKey.generate("edge-publisher@x");
    ServiceAccountKey uploader = ServiceAccountKey.generate("edge-uploader@x");

    assertThat(EdgeEnvironment.of(CLOUD, publisher, uploader, Map.of()))
        .containsEntry("AUTH_MODE", "none")
        .containsEntry("IN_OIDC_ISSUER", "http://localhost:4000")
        .containsEntry("IN_EDGE_AUDIENCE", "in-local-edge")
        .containsEntry("IN_SYNC_SERVICE_ACCOUNT", "sync@in-local.iam.gserviceaccount.com")
        .containsEntry(
            "IN_NOTIFICATION_SERVICE_ACCOUNT", "notification@in-local.iam.gserviceaccount.com")
        .containsEntry(
            "IN_TAG_INDEXER_SERVICE_ACCOUNT", "tag-indexer@in-local.iam.gserviceaccount.com")
        .containsEntry("IN_OPERATOR_SERVICE_ACCOUNT", "operator@in-local.iam.gserviceaccount.com")
        .containsEntry("GCP_PROJECT", "in-local")
        .containsEntry("IMAGES_BUCKET", "in-local-images")
        .containsEntry("PUBLISHER_KEY", publisher.json())
        .containsEntry("UPLOADER_KEY", uploader.json())
        .containsEntry("PUBSUB_ENDPOINT", "http://localhost:4000")
        .containsEntry("STORAGE_ENDPOINT", "http://localhost:4000");
  }

  @Test
  void whereUsersSignInTheEdgeHasAChannelOfTheirProvider() throws Exception {
    ServiceAccountKey key = ServiceAccountKey.generate("edge@x");
    Map<String, String> signIn = LocalSignIn.edgeSettings(URI.create("http://127.0.0.1:9000"));

    Map<String, String> environment = EdgeEnvironment.of(CLOUD, key, key, signIn);

    assertThat(environment)
        .containsEntry("AUTH_MODE", "oidc")
        .containsEntry("IN_EDGE_AUDIENCE", "in-local-edge");
    assertThat(environment.get("SESSION_SECRETS")).matches("[\\w-]{43}");
    assertThat(environment.get("IN_CHANNELS"))
        .isEqualTo(
            "{\"version\":1,\"channels\":[{\"name\":\"users\","
                + "\"issuer\":\"http://127.0.0.1:9000\",\"audience\":\"in-page\",\"signIn\":{"
                + "\"title\":\"the local provider\",\"cli\":{\"clientId\":\"in-cli\","
                + "\"scopes\":[\"openid\",\"email\",\"offline_access\"]}}}]}");
  }

  @Test
  void theProvidersPortIsInWhatItPrints() {
    assertThat(SignInProvider.port("{\"event\":\"listen\",\"port\":41234}")).contains(41234);
    assertThat(SignInProvider.port("(node:1) a warning")).isEmpty();
  }
}
