package dev.in.emulator.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.gax.rpc.StatusCode.Code;
import com.google.protobuf.util.Timestamps;
import com.google.pubsub.v1.DeadLetterPolicy;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.ReceivedMessage;
import dev.in.emulator.pubsub.config.ResourceNames;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is nacked too often goes to the dead-letter topic. */
abstract class DeadLetterSuite extends Suite {

  @Test
  void theFifthNackSendsAMessageToTheDeadLetterTopic() {
    String topic = clients.topic();
    String deadLetters = clients.topic();
    String graveyard = clients.subscription(deadLetters);
    String subscription =
        clients.subscription(topic, s -> s.setDeadLetterPolicy(policy(deadLetters)));
    PubsubMessage sent =
        PubSubClients.message("hopeless").toBuilder().putAttributes("taskId", "t").build();
    clients.publish(topic, sent);

    PubsubMessage original = PubsubMessage.getDefaultInstance();
    for (int attempt = 1; attempt <= 5; attempt++) {
      ReceivedMessage received = clients.pullOne(subscription);
      assertThat(received.getDeliveryAttempt()).isEqualTo(attempt);
      original = received.getMessage();
      clients.nack(subscription, received);
    }

    assume(backend().features().deadLetters(), "forwarding to a dead-letter topic");
    PubsubMessage dead = clients.pullOne(graveyard).getMessage();
    assertThat(clients.pullNow(subscription)).isEmpty();
    assertThat(dead.getData()).isEqualTo(sent.getData());
    assertThat(dead.getAttributesMap()).containsEntry("taskId", "t");
    assertThat(dead.getAttributesMap())
        .containsAllEntriesOf(
            Map.of(
                "CloudPubSubDeadLetterSourceDeliveryCount",
                "5",
                "CloudPubSubDeadLetterSourceSubscription",
                ResourceNames.id(subscription),
                "CloudPubSubDeadLetterSourceSubscriptionProject",
                PubSubClients.PROJECT,
                "CloudPubSubDeadLetterSourceTopicPublishTime",
                Timestamps.toString(original.getPublishTime())));
  }

  @Test
  void anAckOnTheLastAttemptSavesIt() {
    String topic = clients.topic();
    String deadLetters = clients.topic();
    String graveyard = clients.subscription(deadLetters);
    String subscription =
        clients.subscription(topic, s -> s.setDeadLetterPolicy(policy(deadLetters)));
    clients.publish(topic, "saved");
    for (int attempt = 1; attempt < 5; attempt++) {
      clients.nack(subscription, clients.pullOne(subscription));
    }
    clients.ack(subscription, clients.pullOne(subscription));
    assertThat(clients.pullNow(subscription)).isEmpty();
    assertThat(clients.pullNow(graveyard)).isEmpty();
  }

  @Test
  void aPolicyHasFiveToAHundredAttemptsAndATopicThatIsThere() {
    String topic = clients.topic();
    String deadLetters = clients.topic();
    assertRefused(Code.OUT_OF_RANGE, () -> subscribe(topic, deadLetters, 4));
    assertRefused(Code.OUT_OF_RANGE, () -> subscribe(topic, deadLetters, 101));
    assertRefused(
        Code.NOT_FOUND,
        () -> subscribe(topic, PubSubClients.topicName(PubSubClients.unique("none")), 5));
  }

  private void subscribe(String topic, String deadLetters, int attempts) {
    clients.subscription(
        topic,
        s ->
            s.setDeadLetterPolicy(
                policy(deadLetters).toBuilder().setMaxDeliveryAttempts(attempts)));
  }

  private static DeadLetterPolicy policy(String topic) {
    return DeadLetterPolicy.newBuilder()
        .setDeadLetterTopic(topic)
        .setMaxDeliveryAttempts(5)
        .build();
  }
}
