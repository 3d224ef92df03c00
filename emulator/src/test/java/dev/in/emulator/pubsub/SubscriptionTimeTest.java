package dev.in.emulator.pubsub;

import static dev.in.emulator.pubsub.PubSubClients.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Durations;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.RetryPolicy;
import com.google.pubsub.v1.Subscription;
import dev.in.emulator.LocalCloud;
import dev.in.emulator.LocalCloudOptions;
import dev.in.emulator.pubsub.config.ResourceNames;
import dev.in.emulator.pubsub.delivery.SubscriptionStats;
import dev.in.emulator.time.TestingTimers;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What time does to a subscription's messages, with time moved by hand. */
class SubscriptionTimeTest {
  private static TestingTimers timers;
  private static LocalCloud cloud;
  private static PubSubClients clients;

  private final String topic = clients.topic();

  @BeforeAll
  static void start() {
    timers = new TestingTimers();
    cloud = LocalCloud.start(LocalCloudOptions.builder().timers(timers).build());
    clients = new PubSubClients(cloud.host());
  }

  @AfterAll
  static void stop() {
    clients.close();
    cloud.close();
  }

  @Test
  void aMessageComesAgainWhenItsAckDeadlinePassesAndNotBefore() {
    String subscription = clients.subscription(topic, s -> s.setAckDeadlineSeconds(60));
    clients.publish(topic, "slow");
    clients.pullOne(subscription);

    timers.pass(Duration.ofMillis(59_999));
    assertThat(clients.pullNow(subscription)).isEmpty();

    timers.pass(Duration.ofMillis(1));
    assertThat(texts(clients.pullNow(subscription))).containsExactly("slow");
    assertThat(stats(subscription).expirations()).isEqualTo(1);
  }

  @Test
  void moreTimeCountsFromTheCallThatAsksForIt() {
    String subscription = clients.subscription(topic);
    clients.publish(topic, "slow");
    ReceivedMessage received = clients.pullOne(subscription);
    timers.pass(Duration.ofSeconds(9));
    clients.subscriptions.modifyAckDeadline(subscription, List.of(received.getAckId()), 30);
    timers.pass(Duration.ofSeconds(29));
    assertThat(clients.pullNow(subscription)).isEmpty();
    timers.pass(Duration.ofSeconds(1));
    assertThat(clients.pullNow(subscription)).hasSize(1);
  }

  @Test
  void aLateAckCountsUnlessSomeoneElseHasTheMessageByThen() {
    String subscription = clients.subscription(topic);
    clients.publish(topic, "late");
    ReceivedMessage first = clients.pullOne(subscription);
    timers.pass(Duration.ofSeconds(10));
    clients.ack(subscription, first);
    assertThat(stats(subscription).backlog()).isZero();

    clients.publish(topic, "too late");
    first = clients.pullOne(subscription);
    timers.pass(Duration.ofSeconds(10));
    clients.pullOne(subscription);
    clients.ack(subscription, first);
    assertThat(stats(subscription).backlog()).isEqualTo(1);
  }

  @Test
  void eachFailureDoublesTheWaitUpToTheMaximum() {
    String subscription = clients.subscription(topic, retry(2, 10));
    clients.publish(topic, "flaky");
    for (int wait : new int[] {2, 4, 8, 10, 10}) {
      clients.nack(subscription, clients.pullOne(subscription));
      timers.pass(Duration.ofSeconds(wait).minusMillis(1));
      assertThat(clients.pullNow(subscription)).as("just before " + wait + " s").isEmpty();
      timers.pass(Duration.ofMillis(1));
    }
    assertThat(clients.pullNow(subscription)).hasSize(1);
  }

  @Test
  void aWaitingMessageHoldsUpNoOther() {
    String subscription = clients.subscription(topic, retry(100, 100));
    clients.publish(topic, "flaky");
    clients.nack(subscription, clients.pullOne(subscription));
    clients.publish(topic, "fine");
    assertThat(texts(clients.pullNow(subscription))).containsExactly("fine");
  }

  @Test
  void whatNobodyAckedIsDroppedWhenItsRetentionEnds() {
    String subscription =
        clients.subscription(topic, s -> s.setMessageRetentionDuration(Durations.fromMinutes(10)));
    clients.publish(topic, "old");
    timers.pass(Duration.ofMinutes(5));
    clients.publish(topic, "young");
    timers.pass(Duration.ofMinutes(5).plusMillis(1));
    assertThat(texts(clients.pullNow(subscription))).containsExactly("young");
  }

  @Test
  void theOldestUnackedMessageTellsItsAge() {
    String subscription = clients.subscription(topic);
    assertThat(stats(subscription).oldestUnacked()).isEmpty();
    clients.publish(topic, "one");
    timers.pass(Duration.ofSeconds(5));
    clients.publish(topic, "two");
    timers.pass(Duration.ofSeconds(7));
    assertThat(stats(subscription).oldestUnacked()).contains(Duration.ofSeconds(12));
    assertThat(stats(subscription).backlog()).isEqualTo(2);
    clients.ack(subscription, clients.pull(subscription, 2).getFirst());
    assertThat(stats(subscription).oldestUnacked()).contains(Duration.ofSeconds(7));
  }

  @Test
  void aTimeScaleDividesWhatIsConfiguredAndShowsWhatWasAskedFor() {
    TestingTimers own = new TestingTimers();
    try (LocalCloud fast =
            LocalCloud.start(LocalCloudOptions.builder().timers(own).timeScale(100).build());
        PubSubClients hurried = new PubSubClients(fast.host())) {
      String news = hurried.topic();
      String subscription = hurried.subscription(news, s -> s.setAckDeadlineSeconds(150));
      assertThat(hurried.subscriptions.getSubscription(subscription).getAckDeadlineSeconds())
          .isEqualTo(150);
      hurried.publish(news, "fast");
      hurried.pullOne(subscription);
      own.pass(Duration.ofMillis(1_499));
      assertThat(hurried.pullNow(subscription)).isEmpty();
      own.pass(Duration.ofMillis(1));
      assertThat(hurried.pullNow(subscription)).hasSize(1);
    }
  }

  private SubscriptionStats stats(String subscription) {
    return cloud.pubSub().stats(ResourceNames.id(subscription));
  }

  private static UnaryOperator<Subscription.Builder> retry(int minimum, int maximum) {
    return s ->
        s.setRetryPolicy(
            RetryPolicy.newBuilder()
                .setMinimumBackoff(Durations.fromSeconds(minimum))
                .setMaximumBackoff(Durations.fromSeconds(maximum)));
  }
}
