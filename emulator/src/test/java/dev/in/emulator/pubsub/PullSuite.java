package dev.in.emulator.pubsub;

import static dev.in.emulator.pubsub.PubSubClients.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.core.ApiFuture;
import com.google.api.gax.rpc.StatusCode.Code;
import com.google.cloud.pubsub.v1.AckReplyConsumer;
import com.google.cloud.pubsub.v1.Subscriber;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.PullRequest;
import com.google.pubsub.v1.PullResponse;
import com.google.pubsub.v1.PushConfig;
import com.google.pubsub.v1.ReceivedMessage;
import dev.in.emulator.Await;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Messages are pulled, acked, nacked and given more time. */
abstract class PullSuite extends Suite {

  @Test
  void anAckedMessageDoesNotComeAgainAndANackedOneComesAtOnce() {
    String topic = clients.topic();
    String subscription = clients.subscription(topic);
    clients.publish(topic, "one");
    ReceivedMessage first = clients.pullOne(subscription);
    assertThat(clients.pullNow(subscription)).isEmpty();

    clients.nack(subscription, first);

    ReceivedMessage second = clients.pullOne(subscription);
    assertThat(second.getMessage()).isEqualTo(first.getMessage());
    assertThat(second.getAckId()).isNotEqualTo(first.getAckId());
    assertThat(second.getDeliveryAttempt()).as("without a dead-letter policy").isZero();

    clients.ack(subscription, second);

    assertThat(clients.pullNow(subscription)).isEmpty();
  }

  @Test
  void anAckThatIsRepeatedHurtsNobody() {
    String topic = clients.topic();
    String subscription = clients.subscription(topic);
    clients.publish(topic, "one");
    ReceivedMessage received = clients.pullOne(subscription);
    clients.ack(subscription, received);
    clients.ack(subscription, received);
    clients.nack(subscription, received);
    assertThat(clients.pullNow(subscription)).isEmpty();
  }

  @Test
  void aPullTakesNoMoreThanItAskedFor() {
    String topic = clients.topic();
    String subscription = clients.subscription(topic);
    IntStream.range(0, 5).forEach(i -> clients.publish(topic, "m" + i));
    assertThat(clients.subscriptions.pull(subscription, 2).getReceivedMessagesCount())
        .isBetween(1, 2);
    assertRefused(Code.INVALID_ARGUMENT, () -> clients.subscriptions.pull(subscription, 0));
  }

  @Test
  void aPullWaitsForAMessage() throws Exception {
    String topic = clients.topic();
    String subscription = clients.subscription(topic);
    ApiFuture<PullResponse> waiting =
        clients
            .subscriptions
            .pullCallable()
            .futureCall(
                PullRequest.newBuilder().setSubscription(subscription).setMaxMessages(1).build());
    clients.publish(topic, "late");
    assertThat(texts(waiting.get(20, TimeUnit.SECONDS).getReceivedMessagesList()))
        .containsExactly("late");
  }

  @Test
  void aPushSubscriptionCannotBePulled() {
    assume(
        backend().features().pushSubscriptionsArePushOnly(),
        "refusing to pull a push subscription");
    String subscription =
        clients.subscription(
            clients.topic(),
            s -> s.setPushConfig(PushConfig.newBuilder().setPushEndpoint("http://localhost:9/")));
    assertRefused(Code.FAILED_PRECONDITION, () -> clients.pullNow(subscription));
  }

  @Test
  void googlesSubscriberGetsEachMessageAndAcksIt() throws Exception {
    String topic = clients.topic();
    String subscription = clients.subscription(topic);
    Set<String> received = ConcurrentHashMap.newKeySet();
    Subscriber subscriber =
        subscriber(
            subscription,
            (message, reply) -> {
              received.add(message.getData().toStringUtf8());
              reply.ack();
            });
    try {
      IntStream.range(0, 200).forEach(i -> clients.publish(topic, "m" + i));
      Await.until("200 messages", () -> received.size() == 200);
    } finally {
      stop(subscriber);
    }
    assertThat(clients.pullNow(subscription)).isEmpty();
  }

  @Test
  void googlesSubscriberGetsAgainWhatItNacks() throws Exception {
    String topic = clients.topic();
    String subscription = clients.subscription(topic);
    AtomicInteger deliveries = new AtomicInteger();
    Subscriber subscriber =
        subscriber(
            subscription,
            (message, reply) -> {
              if (deliveries.incrementAndGet() < 3) {
                reply.nack();
              } else {
                reply.ack();
              }
            });
    try {
      clients.publish(topic, "again");
      Await.until("three deliveries", () -> deliveries.get() == 3);
    } finally {
      stop(subscriber);
    }
    assertThat(clients.pullNow(subscription)).isEmpty();
  }

  private interface Handler {
    void handle(PubsubMessage message, AckReplyConsumer reply);
  }

  private Subscriber subscriber(String subscription, Handler handler) {
    Subscriber subscriber =
        Subscriber.newBuilder(subscription, handler::handle)
            .setChannelProvider(clients.channel)
            .setCredentialsProvider(clients.credentials)
            .build();
    subscriber.startAsync().awaitRunning();
    return subscriber;
  }

  private static void stop(Subscriber subscriber) throws Exception {
    subscriber.stopAsync().awaitTerminated(20, TimeUnit.SECONDS);
  }

  @Test
  void acksOfManyArriveInOneCall() {
    String topic = clients.topic();
    String subscription = clients.subscription(topic);
    IntStream.range(0, 20).forEach(i -> clients.publish(topic, "m" + i));
    List<ReceivedMessage> received = clients.pull(subscription, 20);
    clients.subscriptions.acknowledge(
        subscription, received.stream().map(ReceivedMessage::getAckId).toList());
    assertThat(clients.pullNow(subscription)).isEmpty();
    assertRefused(
        Code.INVALID_ARGUMENT,
        () -> clients.subscriptions.modifyAckDeadline(subscription, List.of("x"), 601));
  }
}
