package dev.in.emulator.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.pubsub.v1.DeadLetterPolicy;
import dev.in.emulator.Await;
import dev.in.emulator.pubsub.PushEndpoint.Push;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How fast the local cloud pushes and when it stops. */
class PushPaceTest extends PushFixture {
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
}
