package dev.in.emulator.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.pubsub.v1.DeadLetterPolicy;
import com.google.pubsub.v1.PushConfig;
import dev.in.emulator.Await;
import dev.in.emulator.LocalCloud;
import dev.in.emulator.LocalCloudOptions;
import dev.in.emulator.ManualTimers;
import dev.in.emulator.pubsub.PushEndpoint.Push;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How fast the local cloud pushes and when it stops, with time moved by hand. */
class PushTest {
  private static ManualTimers timers;
  private static LocalCloud cloud;
  private static PubSubClients clients;

  private final PushEndpoint endpoint = new PushEndpoint(push -> 204);
  private final String topic = clients.topic();

  @BeforeAll
  static void start() {
    timers = new ManualTimers();
    cloud = LocalCloud.start(LocalCloudOptions.defaults().withTimers(timers));
    clients = new PubSubClients(cloud.host());
  }

  @AfterAll
  static void stop() {
    clients.close();
    cloud.close();
  }

  /** Lest what one test leaves wakes up in the next. */
  @AfterEach
  void cleanUp() {
    cloud
        .pubSub()
        .stats()
        .keySet()
        .forEach(
            id -> clients.subscriptions.deleteSubscription(PubSubClients.subscriptionName(id)));
    endpoint.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202, 204})
  void theseStatusesAck(int status) {
    endpoint.behave(push -> status);
    String subscription = subscribe();
    clients.publish(topic, "x");
    Await.until("the ack", () -> stats(subscription).acks() == 1);
    assertThat(stats(subscription).backlog()).isZero();
    assertThat(deliveries(subscription).getFirst().httpStatus()).isEqualTo(OptionalInt.of(status));
  }

  @ParameterizedTest
  @ValueSource(ints = {203, 205, 301, 302, 304, 400, 401, 403, 404, 409, 429, 500, 503, 504})
  void everyOtherStatusNacks(int status) {
    endpoint.behave(push -> status);
    String subscription = subscribe();
    clients.publish(topic, "x");
    Await.until("the nack", () -> stats(subscription).nacks() == 1);
    assertThat(stats(subscription).backlog()).isEqualTo(1);
    assertThat(deliveries(subscription).getFirst().httpStatus()).isEqualTo(OptionalInt.of(status));
  }

  @Test
  void status102AcksAlthoughHttpExpectsAnotherAfterIt() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> answerOnce(server, "HTTP/1.1 102 Processing\r\n\r\n"));
      String subscription = subscribe("http://localhost:" + server.getLocalPort() + "/");
      clients.publish(topic, "x");
      Await.until("the ack", () -> stats(subscription).acks() == 1);
    }
  }

  @Test
  void anEndpointThatIsNotThereNacks() throws Exception {
    int port;
    try (ServerSocket server = new ServerSocket(0)) {
      port = server.getLocalPort();
    }
    String subscription = subscribe("http://localhost:" + port + "/");
    clients.publish(topic, "x");
    Await.until("the nack", () -> stats(subscription).nacks() == 1);
    assertThat(deliveries(subscription).getFirst().httpStatus()).isEqualTo(OptionalInt.empty());
  }

  @Test
  void silenceForTheWholeAckDeadlineIsANackAndHangsUp() {
    CountDownLatch release = new CountDownLatch(1);
    endpoint.behave(
        push -> {
          release.await();
          return 204;
        });
    String subscription = subscribe();
    clients.publish(topic, "x");
    endpoint.await(1);
    timers.pass(Duration.ofMillis(9_999));
    assertThat(stats(subscription).expirations()).isZero();
    timers.pass(Duration.ofMillis(1));
    assertThat(stats(subscription).expirations()).isEqualTo(1);
    timers.pass(Duration.ofMillis(100));
    endpoint.await(2);
    endpoint.behave(push -> 204);
    release.countDown();
    Await.until("the ack", () -> stats(subscription).backlog() == 0);
  }

  @Test
  void aNackSlowsTheWholeSubscription() {
    endpoint.behave(push -> push.text().equals("poison") ? 500 : 204);
    String subscription = subscribe();
    clients.publish(topic, "poison");
    Await.until("the nack", () -> stats(subscription).nacks() == 1);
    clients.publish(topic, "innocent");
    assertThat(stats(subscription).pausedUntil()).contains(timers.now().plusMillis(100));
    assertThat(stats(subscription).outstanding()).isZero();
    assertThat(endpoint.pushes()).hasSize(1);

    timers.pass(Duration.ofMillis(100));

    endpoint.await(3);
    Await.until("the innocent's ack", () -> stats(subscription).acks() == 1);
  }

  @Test
  void nacksInARowPauseLongerAndLonger() {
    endpoint.behave(push -> 503);
    String subscription = subscribe();
    clients.publish(topic, "x");
    for (int i = 0; i < 11; i++) {
      int nacks = i + 1;
      Await.until("nack " + nacks, () -> stats(subscription).nacks() == nacks);
      long pause = Math.min(60_000, 100L << i);
      assertThat(stats(subscription).pausedUntil()).contains(timers.now().plusMillis(pause));
      timers.pass(Duration.ofMillis(pause));
    }
  }

  @Test
  void anAckMakesTheNextPauseShortAgain() {
    endpoint.behave(push -> push.text().equals("poison") ? 500 : 204);
    String subscription = subscribe();
    clients.publish(topic, "poison");
    Await.until("a nack", () -> stats(subscription).nacks() == 1);
    timers.pass(Duration.ofMillis(100));
    Await.until("another nack", () -> stats(subscription).nacks() == 2);
    endpoint.behave(push -> 204);
    timers.pass(Duration.ofMillis(200));
    Await.until("an ack", () -> stats(subscription).acks() == 1);
    endpoint.behave(push -> 500);
    clients.publish(topic, "again");
    Await.until("one more nack", () -> stats(subscription).nacks() == 3);
    assertThat(stats(subscription).pausedUntil()).contains(timers.now().plusMillis(100));
  }

  @Test
  void pushesAFewAtOnceAndMoreAsTheyAreAcked() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    endpoint.behave(
        push -> {
          release.await();
          return 204;
        });
    String subscription = clients.subscription(topic);
    IntStream.range(0, 100).forEach(i -> clients.publish(topic, "m" + i));
    clients.subscriptions.modifyPushConfig(subscription, config(endpoint.uri().toString()));
    endpoint.await(4);
    assertThat(stats(subscription).outstanding()).isEqualTo(4);
    assertThat(stats(subscription).pushWindow()).contains(4);

    release.countDown();

    Await.until("all acks", () -> stats(subscription).acks() == 100);
    assertThat(stats(subscription).pushWindow()).contains(80);
  }

  @Test
  void pushedAttemptsCountUpAndTheLastGoesToTheDeadLetterTopic() {
    endpoint.behave(push -> 500);
    String deadLetters = clients.topic();
    String graveyard = clients.subscription(deadLetters);
    String subscription =
        clients.subscription(
            topic,
            s ->
                s.setPushConfig(config(endpoint.uri().toString()))
                    .setDeadLetterPolicy(
                        DeadLetterPolicy.newBuilder()
                            .setDeadLetterTopic(deadLetters)
                            .setMaxDeliveryAttempts(5)));
    clients.publish(topic, "hopeless");
    for (int nack = 1; nack <= 5; nack++) {
      long nacks = nack;
      Await.until("nack " + nack, () -> stats(subscription).nacks() == nacks);
      // Longer than the pause, shorter than the ack deadline of the push that follows.
      timers.pass(Duration.ofSeconds(5));
    }
    assertThat(endpoint.pushes()).extracting(Push::attempt).containsExactly(1, 2, 3, 4, 5);
    assertThat(clients.pullOne(graveyard).getMessage().getAttributesMap())
        .containsEntry("CloudPubSubDeadLetterSourceDeliveryCount", "5");
    Await.until("its end", () -> stats(subscription).deadLettered() == 1);
    assertThat(stats(subscription).backlog()).isZero();
  }

  @Test
  void aDeadLetterTopicThatIsGoneKeepsTheMessageWhereItIs() {
    endpoint.behave(push -> 500);
    String deadLetters = clients.topic();
    String subscription =
        clients.subscription(
            topic,
            s ->
                s.setPushConfig(config(endpoint.uri().toString()))
                    .setDeadLetterPolicy(
                        DeadLetterPolicy.newBuilder()
                            .setDeadLetterTopic(deadLetters)
                            .setMaxDeliveryAttempts(5)));
    clients.topics.deleteTopic(deadLetters);
    clients.publish(topic, "kept");
    for (int nack = 1; nack <= 6; nack++) {
      long nacks = nack;
      Await.until("nack " + nack, () -> stats(subscription).nacks() == nacks);
      // Longer than the pause, shorter than the ack deadline of the push that follows.
      timers.pass(Duration.ofSeconds(5));
    }
    assertThat(stats(subscription).backlog()).isEqualTo(1);
    assertThat(endpoint.await(6).attempt()).isEqualTo(6);
  }

  @Test
  void aSubscriptionThatIsDeletedPushesNoMore() {
    endpoint.behave(push -> 500);
    String subscription = subscribe();
    clients.publish(topic, "x");
    Await.until("the nack", () -> stats(subscription).nacks() == 1);
    clients.subscriptions.deleteSubscription(subscription);
    timers.pass(Duration.ofMinutes(10));
    assertThat(endpoint.pushes()).hasSize(1);
  }

  private static void answerOnce(ServerSocket server, String answer) {
    try (Socket socket = server.accept()) {
      socket.getInputStream().read(new byte[10_000]);
      socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      socket.getInputStream().read();
    } catch (IOException ended) {
      // The test is over.
    }
  }

  private String subscribe() {
    return subscribe(endpoint.uri().toString());
  }

  private String subscribe(String uri) {
    return clients.subscription(topic, s -> s.setPushConfig(config(uri)));
  }

  private static PushConfig config(String uri) {
    return PushConfig.newBuilder().setPushEndpoint(uri).build();
  }

  private SubscriptionStats stats(String subscription) {
    return cloud.pubSub().stats(Names.id(subscription));
  }

  private List<DeliveryRecord> deliveries(String subscription) {
    return cloud.pubSub().deliveries(Names.id(subscription));
  }
}
