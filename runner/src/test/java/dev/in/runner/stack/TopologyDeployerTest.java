package dev.in.runner.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.in.runner.TestingServer;
import dev.in.runner.process.StackFailure;
import dev.in.topology.Topology;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against an HTTP server in Pub/Sub's place; end-to-end tests use the local cloud's. */
class TopologyDeployerTest {
  private static final String TOKEN =
      "GET /computeMetadata/v1/instance/service-accounts/default/token";
  private static final String PROJECT = "/v1/projects/in-local/";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Topology topology = Topology.load();
  private TestingServer pubSub;

  @BeforeEach
  void start() throws IOException {
    pubSub = new TestingServer();
    pubSub.answer(TOKEN, 200, "{\"access_token\":\"t0ken\"}");
    topology.topics().keySet().forEach(name -> answer("PUT", "topics/" + name, 200));
    topology.subscriptions().keySet().forEach(name -> answer("PUT", "subscriptions/" + name, 200));
  }

  @AfterEach
  void stop() {
    pubSub.close();
  }

  @Test
  void aSubscriptionIsCreatedAsInTheTopology() throws Exception {
    deployer(Set.of()).deploy();

    assertThat(pubSub.requests("PUT " + PROJECT + "subscriptions/download").getFirst())
        .satisfies(
            request -> {
              assertThat(request.header("authorization")).contains("Bearer t0ken");
              assertThat(request.body())
                  .isEqualTo(
                      "{\"topic\":\"projects/in-local/topics/download-topic\","
                          + "\"ackDeadlineSeconds\":150,\"messageRetentionDuration\":\"604800s\","
                          + "\"retryPolicy\":{\"minimumBackoff\":\"1s\",\"maximumBackoff\":\"300s\"},"
                          + "\"expirationPolicy\":{},\"deadLetterPolicy\":{\"deadLetterTopic\":"
                          + "\"projects/in-local/topics/dead-letter-topic\","
                          + "\"maxDeliveryAttempts\":100}}");
            });
  }

  /** A stack may be up for days, and its functions restart at other ports. */
  @Test
  void aTokenIsNotUsedLongerThanItHolds() throws Exception {
    pubSub.answer(TOKEN, 200, "{\"access_token\":\"an hour later\"}");
    String method = "subscriptions/download:modifyPushConfig";
    answer("POST", method, 200);
    TopologyDeployer deployer = deployer(Set.of());

    deployer.connect("download", URI.create("http://127.0.0.1:4711/"));
    deployer.connect("download", URI.create("http://127.0.0.1:4712/"));

    assertThat(pubSub.requests("POST " + PROJECT + method))
        .extracting(request -> request.header("authorization").orElseThrow())
        .containsExactly("Bearer t0ken", "Bearer an hour later");
  }

  /** The listing that Terraform is held against, too (checks/terraform). */
  @Test
  void theSubscriptionsAreThoseOfTerraform() throws Exception {
    JsonNode listed =
        JSON.readTree(Path.of("../common-events/src/test/resources/subscriptions.json").toFile());

    deployer(topology.subscriptions().keySet()).deploy();

    assertThat(topology.subscriptions().keySet())
        .containsExactlyInAnyOrderElementsOf(
            listed.propertyStream().map(Map.Entry::getKey).toList());
    for (String name : topology.subscriptions().keySet()) {
      String made = pubSub.requests("PUT " + PROJECT + "subscriptions/" + name).getFirst().body();
      assertThat(JSON.readTree(made.replace("projects/in-local/topics/", "")))
          .as(name)
          .isEqualTo(listed.path(name));
    }
  }

  @Test
  void aFilterGoesAlong() throws Exception {
    deployer(Set.of()).deploy();

    assertThat(pubSub.requests("PUT " + PROJECT + "subscriptions/sync").getFirst().body())
        .contains(
            "\"filter\":\"attributes.eventType = \\\"task.completed\\\""
                + " OR attributes.eventType = \\\"task.failed\\\"\"");
  }

  @Test
  void progressIsCreatedOnlyWhereItIsSwitchedOn() throws Exception {
    String progress = "PUT " + PROJECT + "subscriptions/notification-progress";

    deployer(Set.of()).deploy();
    assertThat(pubSub.requests(progress)).isEmpty();

    deployer(Set.of("notification-progress")).deploy();
    assertThat(pubSub.requests(progress)).hasSize(1);
  }

  @Test
  void existingResourcesAreKept() throws Exception {
    TestingServer full = new TestingServer();
    full.answer(TOKEN, 200, "{\"access_token\":\"t0ken\"}");
    topology.topics().keySet().forEach(n -> full.answer("PUT " + PROJECT + "topics/" + n, 409, ""));
    topology
        .subscriptions()
        .keySet()
        .forEach(n -> full.answer("PUT " + PROJECT + "subscriptions/" + n, 409, ""));
    try (full) {
      new TopologyDeployer(new PubSubAdmin(full.uri()), topology, topology.subscriptions(Set.of()))
          .deploy();
    }
  }

  @Test
  void aRefusalIsAFailure() throws Exception {
    PubSubAdmin admin = new PubSubAdmin(pubSub.uri());

    assertThatThrownBy(
            () ->
                new TopologyDeployer(admin, topology, topology.subscriptions(Set.of()))
                    .connect("sync", URI.create("http://x/")))
        .isInstanceOf(StackFailure.class)
        .hasMessageStartingWith("Pub/Sub refused projects/in-local/subscriptions/sync");
  }

  @Test
  void everySubscriptionOfAFunctionPushesToIt() throws Exception {
    answer("POST", "subscriptions/notification-progress:modifyPushConfig", 200);
    answer("POST", "subscriptions/notification-mail:modifyPushConfig", 200);

    deployer(Set.of("notification-progress"))
        .connect("notification", URI.create("http://127.0.0.1:4000/"));

    assertThat(pubSub.requests())
        .filteredOn(request -> request.methodAndPath().startsWith("POST"))
        .extracting(TestingServer.Request::methodAndPath)
        .containsExactly(
            "POST " + PROJECT + "subscriptions/notification-progress:modifyPushConfig",
            "POST " + PROJECT + "subscriptions/notification-mail:modifyPushConfig");
    assertThat(pubSub.requests().getLast().body())
        .isEqualTo(
            "{\"pushConfig\":{\"pushEndpoint\":\"http://127.0.0.1:4000/\",\"oidcToken\":"
                + "{\"serviceAccountEmail\":\"push@in-local.iam.gserviceaccount.com\","
                + "\"audience\":\"in-local-push-notification\"}}}");
  }

  private void answer(String method, String resource, int status) {
    pubSub.answer(method + " " + PROJECT + resource, status, "{}");
  }

  private TopologyDeployer deployer(Set<String> switchedOn)
      throws StackFailure, InterruptedException {
    return new TopologyDeployer(
        new PubSubAdmin(pubSub.uri()), topology, topology.subscriptions(switchedOn));
  }
}
