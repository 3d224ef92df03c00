package dev.in.emulator.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.pubsub.v1.PushConfig;
import com.google.pubsub.v1.ReceivedMessage;
import dev.in.emulator.Await;
import dev.in.emulator.LocalCloud;
import dev.in.emulator.LocalCloudOptions;
import dev.in.emulator.pubsub.PushEndpoint.Push;
import dev.in.emulator.pubsub.config.ResourceNames;
import dev.in.emulator.pubsub.delivery.SubscriptionStats;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Many publishers, many consumers, one subscription. */
class ConcurrencyTest {
  private static final int PUBLISHERS = 8;
  private static final int EACH = 100;
  private static final int ALL = PUBLISHERS * EACH;

  private static LocalCloud cloud;
  private static PubSubClients clients;

  @BeforeAll
  static void start() {
    cloud = LocalCloud.start(LocalCloudOptions.defaults());
    clients = new PubSubClients(cloud.host());
  }

  @AfterAll
  static void stop() {
    clients.close();
    cloud.close();
  }

  @Test
  void eachMessageIsWithOneConsumerAtATimeAndIsAckedOnceByWhoeverHasIt() throws Exception {
    String topic = clients.topic();
    String subscription = clients.subscription(topic, s -> s.setAckDeadlineSeconds(600));
    Set<String> inHand = ConcurrentHashMap.newKeySet();
    Set<String> acked = ConcurrentHashMap.newKeySet();
    List<String> twice = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> work = new ArrayList<>(publish(threads, topic));
      for (int consumer = 0; consumer < 6; consumer++) {
        work.add(
            threads.submit(
                () -> {
                  while (acked.size() < ALL) {
                    consume(subscription, inHand, acked, twice);
                  }
                }));
      }
      for (Future<?> one : work) {
        one.get();
      }
    }
    assertThat(twice).isEmpty();
    assertThat(acked).hasSize(ALL);
    SubscriptionStats stats = cloud.pubSub().stats(ResourceNames.id(subscription));
    assertThat(stats.backlog()).isZero();
    assertThat(stats.acks()).isEqualTo(ALL);
    assertThat(stats.deliveries()).isEqualTo(ALL + stats.nacks());
    assertThat(stats.nacks()).isPositive();
  }

  private static void consume(
      String subscription, Set<String> inHand, Set<String> acked, List<String> twice) {
    for (ReceivedMessage received : clients.pullNow(subscription)) {
      String id = received.getMessage().getMessageId();
      if (!inHand.add(id) || acked.contains(id)) {
        synchronized (twice) {
          twice.add(id);
        }
      }
      if (ThreadLocalRandom.current().nextInt(4) == 0) {
        inHand.remove(id);
        clients.nack(subscription, received);
      } else {
        acked.add(id);
        clients.ack(subscription, received);
      }
    }
  }

  @Test
  void everyMessageIsPushedThoughManyArePublishedAtOnceAndSomeAreRefused() throws Exception {
    Set<String> refused = ConcurrentHashMap.newKeySet();
    try (PushEndpoint endpoint =
            new PushEndpoint(
                push ->
                    push.text().endsWith("7") && refused.size() < 10 && refused.add(push.text())
                        ? 503
                        : 204);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      String topic = clients.topic();
      String subscription =
          clients.subscription(
              topic,
              s ->
                  s.setPushConfig(
                      PushConfig.newBuilder().setPushEndpoint(endpoint.uri().toString())));
      for (Future<?> one : publish(threads, topic)) {
        one.get();
      }
      Await.until(
          "all acks", () -> cloud.pubSub().stats(ResourceNames.id(subscription)).acks() == ALL);
      assertThat(endpoint.pushes().stream().map(Push::text).distinct()).hasSize(ALL);
      assertThat(endpoint.pushes()).hasSize(ALL + 10);
      assertThat(cloud.pubSub().stats(ResourceNames.id(subscription)).backlog()).isZero();
    }
  }

  private static List<Future<?>> publish(ExecutorService threads, String topic) {
    List<Future<?>> publishers = new ArrayList<>();
    for (int publisher = 0; publisher < PUBLISHERS; publisher++) {
      int number = publisher;
      publishers.add(
          threads.submit(
              () ->
                  IntStream.range(0, EACH).forEach(i -> clients.publish(topic, number + "/" + i))));
    }
    return publishers;
  }
}
