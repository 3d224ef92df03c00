package dev.in.emulator.pubsub;

import static dev.in.emulator.pubsub.PubSubClients.message;
import static dev.in.emulator.pubsub.PubSubClients.topicName;
import static dev.in.emulator.pubsub.PubSubClients.unique;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.gax.rpc.StatusCode.Code;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.protobuf.ByteString;
import com.google.protobuf.util.Timestamps;
import com.google.pubsub.v1.PublishResponse;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.ReceivedMessage;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Messages are taken in within limits and keep what they carry. */
abstract class PublishSuite extends Suite {

  @Test
  void aMessageArrivesWithItsBytesAttributesIdAndTime() {
    String topic = clients.topic();
    String subscription = clients.subscription(topic);
    ByteString bytes = ByteString.copyFrom(new byte[] {0, (byte) 0xff, 7});
    String id =
        clients.publish(
            topic,
            PubsubMessage.newBuilder()
                .setData(bytes)
                .putAttributes("taskId", "t")
                .setMessageId("mine")
                .build());
    PubsubMessage received = clients.pullOne(subscription).getMessage();
    assertThat(received.getData()).isEqualTo(bytes);
    assertThat(received.getAttributesMap()).containsExactly(Map.entry("taskId", "t"));
    assertThat(received.getMessageId()).isEqualTo(id).isNotEqualTo("mine");
    assertThat(Timestamps.toMillis(received.getPublishTime())).isPositive();
  }

  @Test
  void everySubscriptionGetsEachMessageAndNoneFromBeforeItWasThere() {
    String topic = clients.topic();
    clients.publish(topic, "before");
    String one = clients.subscription(topic);
    String other = clients.subscription(topic);
    clients.publish(topic, "after");
    assertThat(PubSubClients.texts(clients.pull(one, 1))).containsExactly("after");
    assertThat(PubSubClients.texts(clients.pull(other, 1))).containsExactly("after");
  }

  @Test
  void aBatchIsAnsweredWithAsManyIdsInItsOrder() {
    String topic = clients.topic();
    String subscription = clients.subscription(topic);
    List<PubsubMessage> batch =
        IntStream.range(0, 50).mapToObj(i -> message("message " + i)).toList();
    PublishResponse response = clients.topics.publish(topic, batch);
    assertThat(new HashSet<>(response.getMessageIdsList())).hasSize(50);
    for (ReceivedMessage received : clients.pull(subscription, 50)) {
      int place = response.getMessageIdsList().indexOf(received.getMessage().getMessageId());
      assertThat(received.getMessage().getData().toStringUtf8()).isEqualTo("message " + place);
    }
  }

  @Test
  void googlesPublisherPublishes() throws Exception {
    String topic = clients.topic();
    String subscription = clients.subscription(topic);
    Publisher publisher =
        Publisher.newBuilder(topic)
            .setChannelProvider(clients.channel)
            .setCredentialsProvider(clients.credentials)
            .build();
    try {
      String id = publisher.publish(message("by the client")).get(20, TimeUnit.SECONDS);
      assertThat(clients.pullOne(subscription).getMessage().getMessageId()).isEqualTo(id);
    } finally {
      publisher.shutdown();
      publisher.awaitTermination(5, TimeUnit.SECONDS);
    }
  }

  @Test
  void aTopicMustBeThere() {
    assertRefused(
        Code.NOT_FOUND,
        () -> clients.topics.publish(topicName(unique("none")), List.of(message("x"))));
  }

  @Test
  void anEmptyMessageIsRefusedAndAnAttributeAloneIsEnough() {
    String topic = clients.topic();
    String subscription = clients.subscription(topic);
    assertRefused(
        Code.INVALID_ARGUMENT,
        () -> clients.topics.publish(topic, List.of(PubsubMessage.getDefaultInstance())));
    clients.publish(topic, PubsubMessage.newBuilder().putAttributes("a", "").build());
    assertThat(clients.pullOne(subscription).getMessage().getData().isEmpty()).isTrue();
  }

  @Test
  void limitsOfAMessageAreHeld() {
    assume(backend().features().limits(), "limits");
    String topic = clients.topic();
    assertTaken(topic, message("x".repeat(9_900_000)));
    assertTooMuch(topic, message("x".repeat(10_000_001)));
    assertTaken(topic, attributes(100));
    assertTooMuch(topic, attributes(101));
    assertTaken(topic, attribute("k".repeat(256), "v"));
    assertTooMuch(topic, attribute("k".repeat(257), "v"));
    assertTaken(topic, attribute("k", "v".repeat(1_024)));
    assertTooMuch(topic, attribute("k", "v".repeat(1_025)));
    assertTooMuch(topic, attribute("googleX", "v"));
    assertTooMuch(topic, attribute("", "v"));
    assertRefused(
        Code.INVALID_ARGUMENT,
        () -> clients.topics.publish(topic, Collections.nCopies(1_001, message("x"))));
  }

  private void assertTaken(String topic, PubsubMessage message) {
    assertThat(clients.publish(topic, message)).isNotEmpty();
  }

  private void assertTooMuch(String topic, PubsubMessage message) {
    assertRefused(Code.INVALID_ARGUMENT, () -> clients.topics.publish(topic, List.of(message)));
  }

  private static PubsubMessage attribute(String key, String value) {
    return PubsubMessage.newBuilder().putAttributes(key, value).build();
  }

  private static PubsubMessage attributes(int number) {
    PubsubMessage.Builder message = PubsubMessage.newBuilder();
    IntStream.range(0, number).forEach(i -> message.putAttributes("k" + i, "v"));
    return message.build();
  }
}
