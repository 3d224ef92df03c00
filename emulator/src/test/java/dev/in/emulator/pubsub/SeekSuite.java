package dev.in.emulator.pubsub;

import static dev.in.emulator.pubsub.PubSubClients.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.SeekRequest;
import org.junit.jupiter.api.Test;

/** Seeking to a time purges what is older. */
abstract class SeekSuite extends Suite {

  @Test
  void withoutRetentionAnAckIsForGood() {
    String topic = clients.topic();
    String subscription = clients.subscription(topic);
    clients.publish(topic, "gone");
    ReceivedMessage received = clients.pullOne(subscription);
    clients.ack(subscription, received);
    clients.subscriptions.seek(
        SeekRequest.newBuilder()
            .setSubscription(subscription)
            .setTime(
                Timestamps.subtract(received.getMessage().getPublishTime(), Durations.fromHours(1)))
            .build());
    assertThat(clients.pullNow(subscription)).isEmpty();
  }

  @Test
  void seekingAheadPurges() {
    String topic = clients.topic();
    String subscription = clients.subscription(topic);
    clients.publish(topic, "purged");
    clients.publish(topic, "purged too");
    ReceivedMessage seen = clients.pullOne(subscription);
    clients.subscriptions.seek(
        SeekRequest.newBuilder()
            .setSubscription(subscription)
            .setTime(Timestamps.add(seen.getMessage().getPublishTime(), Durations.fromHours(1)))
            .build());
    assertThat(clients.pullNow(subscription)).isEmpty();
    clients.publish(topic, "later");
    assertThat(texts(clients.pull(subscription, 1))).containsExactly("later");
  }
}
