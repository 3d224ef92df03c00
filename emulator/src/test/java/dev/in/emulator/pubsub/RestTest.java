package dev.in.emulator.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.in.emulator.Http;
import dev.in.emulator.Http.Answer;
import dev.in.emulator.LocalCloud;
import dev.in.emulator.LocalCloudOptions;
import dev.in.emulator.identity.TestAccount;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Pub/Sub's REST API as the edge uses it, with a key of its own. */
class RestTest {
  private static final String PUBSUB = "https://pubsub.googleapis.com/";
  private static final String BODY =
      "{\"messages\":[{\"data\":\"aGVsbG8=\",\"attributes\":{\"taskId\":\"t\"}}]}";

  private static final TestAccount EDGE = TestAccount.create("edge-publisher");
  private static final TestAccount UPLOADER = TestAccount.create("edge-uploader");
  private static final TestAccount STRANGER = TestAccount.create("stranger");
  private static LocalCloud cloud;
  private static PubSubClients clients;
  private static String subscription;

  @BeforeAll
  static void start() {
    cloud =
        LocalCloud.start(
            LocalCloudOptions.builder()
                .accounts(
                    Map.of(EDGE.email(), EDGE.publicKey(), UPLOADER.email(), UPLOADER.publicKey()))
                .publishers(Map.of(EDGE.email(), Set.of("download-topic")))
                .build());
    clients = new PubSubClients(cloud.host());
    clients.topics.createTopic(PubSubClients.topicName("download-topic"));
    clients.topics.createTopic(PubSubClients.topicName("other-topic"));
    subscription = clients.subscription(PubSubClients.topicName("download-topic"));
  }

  @AfterAll
  static void stop() {
    clients.close();
    cloud.close();
  }

  @Test
  void anAccountPublishesWhereItMay() {
    Answer answer = publish("download-topic", EDGE.bearer(PUBSUB));
    assertThat(answer.status()).isEqualTo(200);
    String id = answer.json().path("messageIds").path(0).asText();
    assertThat(clients.pull(subscription, 1))
        .anySatisfy(
            received -> {
              assertThat(received.getMessage().getMessageId()).isEqualTo(id);
              assertThat(received.getMessage().getData().toStringUtf8()).isEqualTo("hello");
              assertThat(received.getMessage().getAttributesMap()).containsEntry("taskId", "t");
            });
  }

  @Test
  void theAudienceMayLackItsSlash() {
    assertThat(publish("download-topic", EDGE.bearer("https://pubsub.googleapis.com")).status())
        .isEqualTo(200);
  }

  @Test
  void anAccountPublishesNowhereElseAndDoesNothingElse() {
    assertDenied(publish("other-topic", EDGE.bearer(PUBSUB)));
    assertDenied(publish("download-topic", UPLOADER.bearer(PUBSUB)));
    assertDenied(
        Http.post(
            uri("subscriptions/download-one:pull"), "{}", "Authorization", EDGE.bearer(PUBSUB)));
    assertDenied(
        Http.send("PUT", uri("topics/new-topic"), "{}", "Authorization", EDGE.bearer(PUBSUB)));
  }

  @Test
  void aTokenMustBeOneOfARegisteredAccountsOwn() {
    assertUnauthenticated(Http.post(uri("topics/download-topic:publish"), BODY));
    assertUnauthenticated(publish("download-topic", "Basic eDp5"));
    assertUnauthenticated(publish("download-topic", "Bearer "));
    assertUnauthenticated(publish("download-topic", "Bearer a.b.c"));
    assertUnauthenticated(publish("download-topic", STRANGER.bearer(PUBSUB)));
    assertUnauthenticated(
        publish("download-topic", STRANGER.bearer(PUBSUB, EDGE.email(), EDGE.email(), 60)));
    assertUnauthenticated(
        publish("download-topic", EDGE.bearer(PUBSUB, EDGE.email(), UPLOADER.email(), 60)));
    assertUnauthenticated(
        publish("download-topic", EDGE.bearer("https://storage.googleapis.com/")));
    assertUnauthenticated(
        publish("download-topic", EDGE.bearer(PUBSUB, EDGE.email(), EDGE.email(), 3_700)));
    assertUnauthenticated(
        publish("download-topic", EDGE.bearer(PUBSUB, EDGE.email(), EDGE.email(), -10)));
    String good = EDGE.bearer(PUBSUB);
    assertUnauthenticated(
        publish("download-topic", good.substring(0, good.lastIndexOf('.') + 1) + "AAAA"));
  }

  @Test
  void anAccountMayAskWhatItMay() {
    assertThat(permissions("download-topic", EDGE.bearer(PUBSUB)))
        .isEqualTo("{\"permissions\":[\"pubsub.topics.publish\"]}");
    assertThat(permissions("other-topic", EDGE.bearer(PUBSUB))).isEqualTo("{}");
    assertThat(permissions("download-topic", UPLOADER.bearer(PUBSUB))).isEqualTo("{}");
    assertUnauthenticated(askPermissions("download-topic", STRANGER.bearer(PUBSUB)));
  }

  private static String permissions(String topic, String authorization) {
    return askPermissions(topic, authorization).json().toString();
  }

  private static Answer askPermissions(String topic, String authorization) {
    return Http.post(
        uri("topics/" + topic + ":testIamPermissions"),
        "{\"permissions\":[\"pubsub.topics.publish\",\"pubsub.topics.delete\"]}",
        "Authorization",
        authorization);
  }

  @Test
  void anIdTokenIsNoAccessToken() {
    String idToken = cloud.identity().idToken(EDGE.email(), PUBSUB);
    assertUnauthenticated(publish("download-topic", "Bearer " + idToken));
  }

  @Test
  void anAccessTokenOfTheMetadataServerMayDoEverything() {
    String token =
        "Bearer " + cloud.identity().accessToken("sync@in-local.iam.gserviceaccount.com");
    assertThat(publish("other-topic", token).status()).isEqualTo(200);
    assertThat(
            Http.send("PUT", uri("topics/made-topic"), "{}", "Authorization", token)
                .json()
                .path("name")
                .asText())
        .isEqualTo("projects/in-local/topics/made-topic");
  }

  @Test
  void errorsComeInGooglesForm() {
    String token =
        "Bearer " + cloud.identity().accessToken("sync@in-local.iam.gserviceaccount.com");
    Answer missing = publish("missing-topic", token);
    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.json().path("error").path("code").asInt()).isEqualTo(404);
    assertThat(missing.json().path("error").path("status").asText()).isEqualTo("NOT_FOUND");
    Answer garbled =
        Http.post(uri("topics/other-topic:publish"), "{\"messages\":", "Authorization", token);
    assertThat(garbled.status()).isEqualTo(400);
    assertThat(garbled.json().path("error").path("status").asText()).isEqualTo("INVALID_ARGUMENT");
    assertThat(Http.post(uri("topics/other-topic:detach"), "{}", "Authorization", token).status())
        .isEqualTo(501);
  }

  @Test
  void pullsAndAcksOverRestToo() {
    try (LocalCloud open = LocalCloud.start(LocalCloudOptions.defaults())) {
      URI base = open.endpoint().resolve("/v1/projects/in-local/");
      Http.send("PUT", base.resolve("topics/plain"), "{}");
      Http.send(
          "PUT",
          base.resolve("subscriptions/plain-one"),
          "{\"topic\":\"projects/in-local/topics/plain\"}");
      Http.post(base.resolve("topics/plain:publish"), BODY);
      JsonNode received =
          Http.post(base.resolve("subscriptions/plain-one:pull"), "{\"maxMessages\":1}")
              .json()
              .path("receivedMessages")
              .path(0);
      assertThat(received.path("message").path("data").asText()).isEqualTo("aGVsbG8=");
      Answer ack =
          Http.post(
              base.resolve("subscriptions/plain-one:acknowledge"),
              "{\"ackIds\":[\"" + received.path("ackId").asText() + "\"]}");
      assertThat(ack.status()).isEqualTo(200);
      assertThat(open.pubSub().stats("plain-one").backlog()).isZero();
    }
  }

  private static Answer publish(String topic, String authorization) {
    return Http.post(uri("topics/" + topic + ":publish"), BODY, "Authorization", authorization);
  }

  private static URI uri(String path) {
    return cloud.endpoint().resolve("/v1/projects/in-local/" + path);
  }

  private static void assertDenied(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(403);
    assertThat(answer.json().path("error").path("status").asText()).isEqualTo("PERMISSION_DENIED");
  }

  private static void assertUnauthenticated(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(401);
    assertThat(answer.json().path("error").path("status").asText()).isEqualTo("UNAUTHENTICATED");
  }
}
