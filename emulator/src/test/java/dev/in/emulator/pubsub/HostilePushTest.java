package dev.in.emulator.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.auth.oauth2.TokenVerifier;
import com.google.pubsub.v1.DeadLetterPolicy;
import com.google.pubsub.v1.PushConfig;
import dev.in.emulator.Await;
import dev.in.emulator.LocalCloud;
import dev.in.emulator.LocalCloudOptions;
import dev.in.emulator.faults.Effect;
import dev.in.emulator.faults.FaultRule;
import dev.in.emulator.faults.When;
import dev.in.emulator.pubsub.PushEndpoint.Push;
import dev.in.emulator.pubsub.config.ResourceNames;
import dev.in.emulator.pubsub.delivery.DeliveryRecord;
import dev.in.emulator.pubsub.delivery.SubscriptionStats;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Push tokens, and a Cloud Run that misbehaves. */
class HostilePushTest {
  private static final String PUSHER = "pusher@in-local.iam.gserviceaccount.com";
  private static final String AUDIENCE = "https://download.example";

  private static LocalCloud cloud;
  private static PubSubClients clients;

  private final PushEndpoint endpoint = new PushEndpoint(push -> 204);
  private final String topic = clients.topic();
  private final String deadLetters = clients.topic();
  private final String subscription =
      clients.subscription(
          topic,
          s ->
              s.setPushConfig(config(AUDIENCE))
                  .setDeadLetterPolicy(
                      DeadLetterPolicy.newBuilder()
                          .setDeadLetterTopic(deadLetters)
                          .setMaxDeliveryAttempts(100)));

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

  @AfterEach
  void cleanUp() {
    cloud.faults().clear();
    clients.subscriptions.deleteSubscription(subscription);
    endpoint.close();
  }

  @Test
  void aPushBringsATokenThatGooglesVerifierTakes() throws Exception {
    clients.publish(topic, "x");
    String token = token(endpoint.await(1));
    assertThat(verifier(AUDIENCE).verify(token).getPayload().get("email")).isEqualTo(PUSHER);
    assertThatThrownBy(() -> verifier("https://other.example").verify(token))
        .isInstanceOf(TokenVerifier.VerificationException.class);
  }

  @Test
  void theAudienceIsTheEndpointUnlessToldOtherwise() throws Exception {
    clients.subscriptions.modifyPushConfig(subscription, config(""));
    clients.publish(topic, "x");
    verifier(endpoint.uri().toString()).verify(token(endpoint.await(1)));
  }

  @Test
  void withoutATokenInItsConfigurationAPushBringsNone() {
    clients.subscriptions.modifyPushConfig(
        subscription, PushConfig.newBuilder().setPushEndpoint(endpoint.uri().toString()).build());
    clients.publish(topic, "x");
    assertThat(endpoint.await(1).authorization()).isEmpty();
  }

  @Test
  void cloudRunMayRemoveTheSignature() {
    rule(new When.First(1), new Effect.RemoveSignature());
    clients.publish(topic, "x");
    String token = token(endpoint.await(1));
    assertThat(token).endsWith(".SIGNATURE_REMOVED_BY_GOOGLE");
    assertThat(token.split("\\.")[1]).isEqualTo(signedClaims());
  }

  @Test
  void anInstanceThatIsFullRefusesWithoutReachingTheFunction() {
    rule(new When.First(2), new Effect.Refuse(429));
    clients.publish(topic, "x");
    Push reached = endpoint.await(1);
    assertThat(reached.attempt()).as("refusals count as attempts").isEqualTo(3);
    Await.until("the ack", () -> stats().acks() == 1);
    assertThat(endpoint.pushes()).hasSize(1);
    assertThat(deliveries())
        .extracting(DeliveryRecord::httpStatus)
        .containsExactly(OptionalInt.of(429), OptionalInt.of(429), OptionalInt.of(204));
  }

  @Test
  void aTimedOutRequestGoesOnWorkingWhileItsMessageComesAgain() {
    CountDownLatch slow = new CountDownLatch(1);
    endpoint.behave(
        push -> {
          if (push.attempt() == 1) {
            slow.await();
          }
          return 204;
        });
    rule(new When.First(1), new Effect.Abandon(504, Duration.ofMillis(50)));
    clients.publish(topic, "x");
    assertThat(endpoint.await(2).attempt()).isEqualTo(2);
    assertThat(endpoint.answered()).hasSizeLessThanOrEqualTo(1);
    Await.until("the ack of the second", () -> stats().acks() == 1);
    slow.countDown();
    Await.until("the first's end", () -> endpoint.answered().size() == 2);
    assertThat(deliveries())
        .extracting(DeliveryRecord::httpStatus)
        .containsExactly(OptionalInt.of(504), OptionalInt.of(204));
    assertThat(stats().backlog()).isZero();
  }

  @Test
  void aDeliveryMayBeDuplicated() {
    rule(new When.First(1), new Effect.Duplicate());
    clients.publish(topic, "twice");
    endpoint.await(2);
    Await.until("both acks", () -> stats().acks() == 2);
    assertThat(endpoint.pushes()).hasSize(2);
    assertThat(endpoint.pushes().get(0).body().path("message"))
        .isEqualTo(endpoint.pushes().get(1).body().path("message"));
    assertThat(stats().backlog()).isZero();
  }

  @Test
  void aDeliveryMayBeLate() {
    rule(new When.First(1), new Effect.Delay(Duration.ofMillis(300)));
    long start = System.nanoTime();
    clients.publish(topic, "late");
    assertThat(endpoint.await(1).attempt()).isEqualTo(1);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(Duration.ofMillis(300));
  }

  private void rule(When when, Effect.OnDelivery effect) {
    cloud.faults().add(FaultRule.onDelivery(ResourceNames.id(subscription), when, effect));
  }

  private PushConfig config(String audience) {
    return PushConfig.newBuilder()
        .setPushEndpoint(endpoint.uri().toString())
        .setOidcToken(
            PushConfig.OidcToken.newBuilder().setServiceAccountEmail(PUSHER).setAudience(audience))
        .build();
  }

  private static String token(Push push) {
    String header = push.authorization().orElseThrow();
    assertThat(header).startsWith("Bearer ");
    return header.substring("Bearer ".length());
  }

  private static String signedClaims() {
    return cloud.identity().idToken(PUSHER, AUDIENCE).split("\\.")[1];
  }

  private static TokenVerifier verifier(String audience) {
    return TokenVerifier.newBuilder()
        .setIssuer(cloud.endpoint().toString())
        .setCertificatesLocation(cloud.endpoint() + "/oauth2/v3/certs")
        .setAudience(audience)
        .build();
  }

  private SubscriptionStats stats() {
    return cloud.pubSub().stats(ResourceNames.id(subscription));
  }

  private List<DeliveryRecord> deliveries() {
    return cloud.pubSub().deliveries(ResourceNames.id(subscription));
  }
}
