package dev.in.core.push;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.in.core.handler.Delivery;
import dev.in.core.handler.Outcome.Ack;
import dev.in.core.handler.Outcome.Nack;
import dev.in.core.handler.ReceivedMessage;
import dev.in.core.testing.LocalCloud;
import dev.in.core.testing.LocalCloudProcess;
import dev.in.core.testing.LocalCloudResource;
import dev.in.core.testing.PushBody;
import dev.in.core.testing.PushClient;
import dev.in.core.testing.TestTask;
import dev.in.events.EventCodec;
import dev.in.events.Stage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Pub/Sub sees of a function, over HTTP and with the local cloud behind it. */
@QuarkusTest
@QuarkusTestResource(LocalCloudResource.class)
class PushEndpointTest {
  private static final byte[] EVENT = EventCodec.write(TestTask.request(Stage.DOWNLOAD));

  @TestHTTPResource("/")
  URI endpoint;

  @LocalCloud LocalCloudProcess cloud;
  @Inject TestingHandler probe;

  private PushClient client;

  @BeforeEach
  void startOver() {
    client = new PushClient(endpoint);
    probe.reset();
    cloud.clearFaults();
  }

  @ParameterizedTest
  @ValueSource(strings = {"messageId", "message_id"})
  void eachSpellingOfTheMessageIdIsRead(String spelling) {
    String body =
        """
        {"message": {"data": "%s", "attributes": {"owner": "o1"}, "%s": "4711"},
         "subscription": "projects/in-local/subscriptions/download"}
        """
            .formatted(Base64.getEncoder().encodeToString(EVENT), spelling);

    assertThat(client.post(body).statusCode()).isEqualTo(204);

    ReceivedMessage message = probe.seen().getFirst().delivery().message();
    assertThat(message.messageId()).isEqualTo("4711");
    assertThat(message.data()).isEqualTo(EVENT);
    assertThat(message.attributes()).isEqualTo(Map.of("owner", "o1"));
    assertThat(message.subscription()).isEqualTo("projects/in-local/subscriptions/download");
    assertThat(message.subscriptionId()).isEqualTo("download");
    assertThat(message.deliveryAttempt()).isZero();
  }

  @Test
  void theWholeBodyAsPubSubWritesItIsRead() {
    assertThat(client.push(PushBody.of(EVENT).attempt(7)).statusCode()).isEqualTo(204);

    Delivery<?> delivery = probe.seen().getFirst().delivery();
    assertThat(delivery.event()).isEqualTo(TestTask.request(Stage.DOWNLOAD));
    assertThat(delivery.message().deliveryAttempt()).isEqualTo(7);
  }

  @Test
  void routingComesFromTheAttributes() {
    client.push(
        PushBody.of(EVENT)
            .attribute("priority", "low")
            .attribute("owner", "o2")
            .attribute("channel", "web"));

    assertThat(probe.seen().getFirst().delivery().routing())
        .hasToString("Routing[priority=LOW, owner=o2, channel=web]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                                    | there is no message in the body",
        "'not JSON at all'                                     | the body is not JSON",
        "'{\"message\": {\"messageId\": \"1\"'                 | the body is not JSON",
        "'{\"message\": {\"messageId\": \"1\"}} and more'      | the body is not JSON",
        "'null'                                                | there is no message in the body",
        "'[]'                                                  | there is no message in the body",
        "'{\"subscription\": \"s\"}'                           | there is no message in the body",
        "'{\"message\": \"text\"}'                             | there is no message in the body",
        "'{\"message\": {\"data\": \"e30=\"}}'                 | the message has no id",
        "'{\"message\": {\"messageId\": \"1\", \"data\": \"?\"}}' | the data is not base64",
        "'{\"message\": {\"messageId\": \"1\", \"data\": 17}}' | the data is not base64",
        "'{\"message\": {\"messageId\": \"1\", \"data\": {}}}' | the data is not base64",
      })
  void whatNoPubSubSentIsRefused(String body, String reason) {
    HttpResponse<String> answer = client.post(body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).isEqualTo(reason);
    assertThat(probe.seen()).isEmpty();
  }

  @Test
  void anAckIs204AndANack503() {
    probe.answer(() -> new Ack("fine"));
    assertThat(client.push(PushBody.of(EVENT)).statusCode()).isEqualTo(204);

    probe.answer(() -> new Nack("not now"));
    assertThat(client.push(PushBody.of(EVENT)).statusCode()).isEqualTo(503);
  }

  @Test
  void aFunctionThatIsNotReplayableTakesNoReplay() {
    HttpResponse<String> answer = client.postTo("/operator/replay", PushBody.of(EVENT).json());

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).isEqualTo("core-test takes no replays");
    assertThat(probe.seen()).isEmpty();
  }

  @Test
  void anExceptionIsANack() {
    probe.answer(
        () -> {
          throw new IllegalStateException("a bug, or a fault");
        });

    assertThat(client.push(PushBody.of(EVENT)).statusCode()).isEqualTo(503);
  }

  @Test
  void anErrorIsNoAckEither() {
    probe.answer(
        () -> {
          throw new StackOverflowError("deep");
        });

    assertThat(client.push(PushBody.of(EVENT)).statusCode()).isEqualTo(500);
  }

  @Test
  void handlingBlocksVirtualThreadsOnly() {
    client.push(PushBody.of(EVENT));

    assertThat(probe.seen().getFirst().onVirtualThread()).isTrue();
  }

  @Test
  void theTraceGoesOnInANewSpan() {
    String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    client.push(
        PushBody.of(EVENT)
            .attribute("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
            .attribute("taskId", "task_0123456789abcdef"));

    TestingHandler.Seen seen = probe.seen().getFirst();
    assertThat(seen.traceparent().orElseThrow())
        .matches("00-" + trace + "-[0-9a-f]{16}-01")
        .doesNotContain("00f067aa0ba902b7");
    assertThat(seen.traceIdInLogs()).isEqualTo(trace);
    assertThat(seen.taskIdInLogs()).isEqualTo("task_0123456789abcdef");
  }

  @Test
  void aMessageWithoutATraceStartsOne() {
    client.push(PushBody.of(EVENT));

    assertThat(probe.seen().getFirst().traceparent().orElseThrow())
        .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]");
  }

  @Test
  void theTaskOfOneDeliveryIsNotInTheLogsOfTheNext() {
    client.push(PushBody.of(EVENT).attribute("taskId", "task_0123456789abcdef"));
    client.push(PushBody.of(EVENT));

    assertThat(probe.seen().getLast().taskIdInLogs()).isEmpty();
  }

  @Test
  void whatCannotBeDecodedIsAckedAndFoundAmongTheDeadLetters() {
    String marker = UUID.randomUUID().toString();
    byte[] binary = {0, (byte) 0xff, (byte) 0xfe, '{', (byte) 0x80, 10, 13};

    int status =
        client
            .push(
                PushBody.of(binary)
                    .messageId(marker)
                    .attribute("eventType", "image.downloaded")
                    .attribute("googclient_schemaname", "not ours to set"))
            .statusCode();

    assertThat(status).isEqualTo(204);
    assertThat(probe.seen()).isEmpty();
    JsonNode letter = deadLetter(marker);
    assertThat(Base64.getDecoder().decode(letter.path("data").asText())).isEqualTo(binary);
    assertThat(attributes(letter))
        .isEqualTo(
            Map.of(
                "eventType", "image.downloaded",
                "deadLetterReason", "not UTF-8",
                "originalMessageId", marker,
                "sourceSubscription", "download"));
  }

  @Test
  void aMessageWithoutDataIsFoundAmongTheDeadLetters() {
    String marker = UUID.randomUUID().toString();
    String body =
        """
        {"message": {"attributes": {"taskId": "t"}, "messageId": "%s"},
         "subscription": "projects/in-local/subscriptions/download"}
        """
            .formatted(marker);

    assertThat(client.post(body).statusCode()).isEqualTo(204);

    JsonNode letter = deadLetter(marker);
    assertThat(letter.path("data").asText()).isEmpty();
    assertThat(attributes(letter)).containsEntry("taskId", "t");
  }

  @Test
  void aDeadLetterThatCannotBePublishedIsANack() {
    cloud.fault(
        """
        {"calls": "google.pubsub.v1.Publisher/Publish", "effect": "failBefore",
         "code": "PERMISSION_DENIED"}
        """);

    assertThat(client.push(PushBody.of("{}".getBytes(UTF_8))).statusCode()).isEqualTo(503);
  }

  @Test
  void everyDeliveryIsCountedByItsOutcome() {
    String reason = "reason " + UUID.randomUUID();
    probe.answer(() -> new Ack(reason));
    client.push(PushBody.of(EVENT).attribute("eventType", "download.requested"));
    probe.answer(() -> new Nack(reason));
    client.push(PushBody.of(EVENT));

    String metrics = client.get("/q/metrics").body();
    assertThat(metrics)
        .contains(
            "in_deliveries_seconds_count{function=\"core-test\",outcome=\"ack\",reason=\""
                + reason
                + "\",type=\"download.requested\"} 1")
        .contains(
            "in_deliveries_seconds_count{function=\"core-test\",outcome=\"nack\",reason=\""
                + reason
                + "\",type=\"other\"} 1");
  }

  @Test
  void theAgeOfAMessageCountsFromItsPublication() {
    client.push(PushBody.of(EVENT).attribute("eventType", "ai.requested"));

    assertThat(client.get("/q/metrics").body())
        .contains("in_message_age_seconds_count{function=\"core-test\",type=\"ai.requested\"} 1")
        // PushBody's messages are months old.
        .contains(
            "in_message_age_seconds_bucket{function=\"core-test\",type=\"ai.requested\","
                + "le=\"86400.0\"} 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/q/health/started", "/q/health/live", "/q/health/ready", "/q/metrics"})
  void probesAndMetricsAnswer(String path) {
    assertThat(client.getUntil(200, path).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/q/health/started", "/q/health/ready"})
  void nobodyIsServedByAColdFunction(String probe) {
    assertThat(client.getUntil(200, probe).body()).contains("\"name\": \"warm-up\"");
  }

  private JsonNode deadLetter(String messageId) {
    for (JsonNode letter : cloud.published("dead-letter-topic")) {
      if (letter.path("attributes").path("originalMessageId").asText().equals(messageId)) {
        return letter;
      }
    }
    throw new AssertionError("no dead letter of message " + messageId);
  }

  private static Map<String, String> attributes(JsonNode message) {
    Map<String, String> attributes = new HashMap<>();
    message
        .path("attributes")
        .properties()
        .forEach(entry -> attributes.put(entry.getKey(), entry.getValue().asText()));
    return attributes;
  }
}
