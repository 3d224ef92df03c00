package dev.in.emulator.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.util.Timestamps;
import com.google.pubsub.v1.DeadLetterPolicy;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.PushConfig;
import dev.in.emulator.Await;
import dev.in.emulator.pubsub.PushEndpoint.Push;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Messages are pushed to an endpoint until it acks them. */
abstract class PushSuite extends Suite {

  @Test
  void aMessageIsPushedInItsWrapping() throws Exception {
    try (PushEndpoint endpoint = new PushEndpoint(push -> 204)) {
      String topic = clients.topic();
      String subscription = push(topic, endpoint);
      PubsubMessage message =
          PubSubClients.message("hello").toBuilder().putAttributes("taskId", "t").build();
      String id = clients.publish(topic, message);

      JsonNode body = endpoint.await(1).body();

      assertThat(body.path("subscription").asText()).isEqualTo(subscription);
      assertThat(body.path("message").path("data").asText()).isEqualTo("aGVsbG8=");
      assertThat(body.path("message").path("attributes").path("taskId").asText()).isEqualTo("t");
      assertThat(body.path("message").path("messageId").asText()).isEqualTo(id);
      assertThat(Timestamps.parse(body.path("message").path("publishTime").asText()).getSeconds())
          .isPositive();
      assertThat(body.path("message").path("message_id").asText()).isEqualTo(id);
      assertThat(body.path("message").path("publish_time"))
          .isEqualTo(body.path("message").path("publishTime"));
      assertThat(body.has("deliveryAttempt")).as("without a dead-letter policy").isFalse();
    }
  }

  @Test
  void aNackedMessageIsPushedAgain() {
    try (PushEndpoint endpoint = new PushEndpoint(push -> 500)) {
      String topic = clients.topic();
      push(topic, endpoint);
      clients.publish(topic, "again");
      Push second = endpoint.await(2);
      endpoint.behave(push -> 200);
      assertThat(second.text()).isEqualTo("again");
      assertThat(second.body().path("message")).isEqualTo(endpoint.await(1).body().path("message"));
    }
  }

  @Test
  void theAttemptIsToldWhereADeadLetterPolicyCountsIt() {
    assume(backend().features().pushAttempts(), "the attempt in a push");
    try (PushEndpoint endpoint = new PushEndpoint(push -> 500)) {
      String topic = clients.topic();
      String deadLetters = clients.topic();
      clients.subscription(
          topic,
          s ->
              s.setPushConfig(config(endpoint))
                  .setDeadLetterPolicy(
                      DeadLetterPolicy.newBuilder()
                          .setDeadLetterTopic(deadLetters)
                          .setMaxDeliveryAttempts(100)));
      clients.publish(topic, "counted");
      assertThat(endpoint.await(1).attempt()).isEqualTo(1);
      assertThat(endpoint.await(2).attempt()).isEqualTo(2);
      assertThat(endpoint.await(3).attempt()).isEqualTo(3);
      endpoint.behave(push -> 200);
    }
  }

  @Test
  void aPullSubscriptionThatGetsAnEndpointPushesWhatItHolds() {
    try (PushEndpoint endpoint = new PushEndpoint(push -> 204)) {
      String topic = clients.topic();
      String subscription = clients.subscription(topic);
      IntStream.range(0, 30).forEach(i -> clients.publish(topic, "m" + i));
      clients.subscriptions.modifyPushConfig(subscription, config(endpoint));
      Await.until(
          "each message",
          () -> endpoint.pushes().stream().map(Push::text).distinct().count() == 30);
    }
  }

  private String push(String topic, PushEndpoint endpoint) {
    return clients.subscription(topic, s -> s.setPushConfig(config(endpoint)));
  }

  private static PushConfig config(PushEndpoint endpoint) {
    return PushConfig.newBuilder().setPushEndpoint(endpoint.uri().toString()).build();
  }
}
