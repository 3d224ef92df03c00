package dev.in.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.FieldMask;
import com.google.protobuf.util.Durations;
import com.google.pubsub.v1.DetachSubscriptionRequest;
import com.google.pubsub.v1.GetSchemaRequest;
import com.google.pubsub.v1.GetTopicRequest;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublisherGrpc;
import com.google.pubsub.v1.PublisherGrpc.PublisherBlockingStub;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.SchemaServiceGrpc;
import com.google.pubsub.v1.StreamingPullRequest;
import com.google.pubsub.v1.StreamingPullResponse;
import com.google.pubsub.v1.SubscriberGrpc;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import com.google.pubsub.v1.UpdateTopicRequest;
import dev.in.emulator.faults.Effect;
import dev.in.emulator.faults.FaultRule;
import dev.in.emulator.faults.When;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls are counted by name and made to go wrong by rule. */
class CallFaultsTest {
  private static final String TOPIC = "projects/in-local/topics/faulty-topic";
  private static final String PUBLISH = "google.pubsub.v1.Publisher/Publish";

  private static LocalCloud cloud;
  private static ManagedChannel channel;
  private static PublisherBlockingStub publisher;

  @BeforeAll
  static void start() {
    cloud = LocalCloud.start(LocalCloudOptions.defaults());
    channel = ManagedChannelBuilder.forTarget(cloud.host()).usePlaintext().build();
    publisher = PublisherGrpc.newBlockingStub(channel);
    publisher.createTopic(Topic.newBuilder().setName(TOPIC).build());
  }

  @AfterAll
  static void stop() {
    channel.shutdownNow();
    cloud.close();
  }

  @BeforeEach
  void reset() {
    cloud.faults().clear();
    cloud.counters().reset();
    cloud.pubSub().forgetPublished("faulty-topic");
  }

  @Test
  void aCallIsCountedUnderItsName() {
    publish();
    publish();
    assertThat(cloud.counters().get(PUBLISH)).isEqualTo(2);
    assertThat(cloud.counters().get("pubsub.messages.published.faulty-topic")).isEqualTo(2);
    assertThat(cloud.counters().get("pubsub.bytes.published")).isEqualTo(2_000);
    assertThat(restPublish().status()).isEqualTo(200);
    assertThat(cloud.counters().get("pubsub.projects.topics.publish")).isEqualTo(1);
  }

  @Test
  void aCallThatFailsBeforeHasNoEffect() {
    cloud.faults().add(FaultRule.first(1, PUBLISH, new Effect.FailBefore(Status.Code.UNAVAILABLE)));
    assertFails(Status.Code.UNAVAILABLE, CallFaultsTest::publish);
    assertThat(cloud.pubSub().published("faulty-topic")).isEmpty();
    publish();
    assertThat(cloud.pubSub().published("faulty-topic")).hasSize(1);
  }

  @Test
  void aCallThatFailsAfterHasItsEffectAndLosesItsAnswer() {
    cloud.faults().add(FaultRule.first(1, PUBLISH, new Effect.FailAfter(Status.Code.UNAVAILABLE)));
    assertFails(Status.Code.UNAVAILABLE, CallFaultsTest::publish);
    assertThat(cloud.pubSub().published("faulty-topic")).hasSize(1);
  }

  @Test
  void restCallsFailBeforeAndAfterToo() {
    String rest = "pubsub.projects.topics.publish";
    String id =
        cloud.faults().add(FaultRule.always(rest, new Effect.FailBefore(Status.Code.UNAVAILABLE)));
    assertThat(restPublish().status()).isEqualTo(503);
    assertThat(cloud.pubSub().published("faulty-topic")).isEmpty();
    cloud.faults().remove(id);
    cloud.faults().add(FaultRule.always(rest, new Effect.FailAfter(Status.Code.DEADLINE_EXCEEDED)));
    assertThat(restPublish().status()).isEqualTo(504);
    assertThat(cloud.pubSub().published("faulty-topic")).hasSize(1);
  }

  @Test
  void aDelayedCallTakesEffectLater() {
    cloud.faults().add(FaultRule.first(1, PUBLISH, new Effect.Delay(Duration.ofMillis(300))));
    long start = System.nanoTime();
    publish();
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(Duration.ofMillis(300));
    assertThat(cloud.pubSub().published("faulty-topic")).hasSize(1);
  }

  @Test
  void aHangingCallEndsWithItsCallersPatience() {
    cloud.faults().add(FaultRule.first(1, PUBLISH, new Effect.Hang()));
    assertFails(
        Status.Code.DEADLINE_EXCEEDED,
        () -> publisher.withDeadlineAfter(300, TimeUnit.MILLISECONDS).publish(request()));
    assertThat(cloud.pubSub().published("faulty-topic")).isEmpty();
    publish();
  }

  @Test
  void aRuleHitsTheCallsThatItNamesAndTheirNumbers() {
    cloud
        .faults()
        .add(
            new FaultRule(
                "google.pubsub.v1.Publisher/*",
                new When.Nth(Set.of(2L, 4L)),
                new Effect.FailBefore(Status.Code.ABORTED)));
    publish();
    assertFails(Status.Code.ABORTED, CallFaultsTest::publish);
    publisher.getTopic(GetTopicRequest.newBuilder().setTopic(TOPIC).build());
    assertFails(Status.Code.ABORTED, CallFaultsTest::publish);
    publish();
    assertThat(cloud.faults().active())
        .singleElement()
        .satisfies(
            active -> {
              assertThat(active.matched()).isEqualTo(5);
              assertThat(active.hit()).isEqualTo(2);
            });
  }

  @Test
  void aStreamLosesItsFirstAnswer() throws Exception {
    String name = "projects/in-local/subscriptions/streamed";
    SubscriberGrpc.newBlockingStub(channel)
        .createSubscription(Subscription.newBuilder().setName(name).setTopic(TOPIC).build());
    cloud
        .faults()
        .add(
            FaultRule.first(
                1,
                "google.pubsub.v1.Subscriber/StreamingPull",
                new Effect.FailAfter(Status.Code.UNAVAILABLE)));
    CompletableFuture<StreamingPullResponse> answer = new CompletableFuture<>();
    StreamObserver<StreamingPullRequest> stream =
        SubscriberGrpc.newStub(channel).streamingPull(completing(answer));
    stream.onNext(
        StreamingPullRequest.newBuilder()
            .setSubscription(name)
            .setStreamAckDeadlineSeconds(10)
            .build());
    publish();
    assertThatThrownBy(() -> answer.get(20, TimeUnit.SECONDS)).hasMessageContaining("UNAVAILABLE");
    assertThat(cloud.pubSub().stats("streamed").outstanding()).isEqualTo(1);
  }

  @Test
  void whatIsUnsupportedSaysSoAndBlamesNoRule() {
    assertUnsupported(
        () -> publisher.detachSubscription(DetachSubscriptionRequest.getDefaultInstance()),
        "google.pubsub.v1.Publisher/DetachSubscription");
    assertUnsupported(
        () ->
            SchemaServiceGrpc.newBlockingStub(channel)
                .getSchema(GetSchemaRequest.getDefaultInstance()),
        "google.pubsub.v1.SchemaService/GetSchema");
    assertUnsupported(
        () ->
            publisher.updateTopic(
                UpdateTopicRequest.newBuilder()
                    .setTopic(
                        Topic.newBuilder()
                            .setName(TOPIC)
                            .setMessageRetentionDuration(Durations.fromHours(1)))
                    .setUpdateMask(FieldMask.newBuilder().addPaths("message_retention_duration"))
                    .build()),
        "google.pubsub.v1.Publisher/UpdateTopic");
    Http.Answer rest = Http.get(cloud.endpoint().resolve("/v2/nothing"));
    assertThat(rest.status()).isEqualTo(501);
    assertThat(rest.json().path("error").path("status").asText()).isEqualTo("UNIMPLEMENTED");
    assertThat(rest.text()).contains("GET /v2/nothing");
  }

  private static void assertUnsupported(ThrowingCallable call, String name) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            failure -> {
              assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
              assertThat(failure.getStatus().getDescription()).contains(name);
            });
  }

  @Test
  void rulesComeAndGoOverHttp() {
    URI faults = cloud.endpoint().resolve("/_in/faults");
    Http.Answer added =
        Http.post(
            faults,
            """
            {"calls": "%s", "effect": "failBefore", "code": "UNAVAILABLE", "when": {"first": 1}}\
            """
                .formatted(PUBLISH));
    assertThat(added.status()).isEqualTo(201);
    assertFails(Status.Code.UNAVAILABLE, CallFaultsTest::publish);
    publish();
    assertThat(Http.get(faults).json().path(0).path("hit").asLong()).isEqualTo(1);
    String id = added.json().path("id").asText();
    assertThat(Http.send("DELETE", URI.create(faults + "/" + id), "").status()).isEqualTo(204);
    assertThat(Http.send("DELETE", URI.create(faults + "/" + id), "").status()).isEqualTo(404);
    assertThat(Http.get(faults).json()).isEmpty();
    assertThat(Http.post(faults, "{\"calls\": \"x\", \"effect\": \"explode\"}").status())
        .isEqualTo(400);
    assertThat(
            Http.post(
                    faults,
                    "{\"calls\": \"pubsub.deliver/x\", \"effect\": \"failAfter\", \"code\":"
                        + " \"ABORTED\"}")
                .status())
        .isEqualTo(400);
  }

  @Test
  void otherProcessesReadCountsMessagesAndBacklogs() {
    publish();
    assertThat(Http.get(cloud.endpoint().resolve("/_in/counters")).json().path(PUBLISH).asLong())
        .isEqualTo(1);
    assertThat(
            Http.get(cloud.endpoint().resolve("/_in/pubsub/topics/faulty-topic/messages"))
                .json()
                .path(0)
                .path("data")
                .asText())
        .isEqualTo("eA==");
    assertThat(Http.get(cloud.endpoint().resolve("/_in/pubsub/topics/no-topic/messages")).status())
        .isEqualTo(404);
    assertThat(
            Http.get(cloud.endpoint().resolve("/_in/pubsub"))
                .json()
                .path("topics")
                .path(0)
                .asText())
        .isEqualTo("faulty-topic");
    Http.send("DELETE", cloud.endpoint().resolve("/_in/counters"), "");
    assertThat(cloud.counters().snapshot()).isEmpty();
  }

  private static StreamObserver<StreamingPullResponse> completing(
      CompletableFuture<StreamingPullResponse> answer) {
    return new StreamObserver<>() {
      @Override
      public void onNext(StreamingPullResponse value) {
        answer.complete(value);
      }

      @Override
      public void onError(Throwable failure) {
        answer.completeExceptionally(failure);
      }

      @Override
      public void onCompleted() {
        answer.completeExceptionally(new IllegalStateException("ended"));
      }
    };
  }

  private static void publish() {
    publisher.publish(request());
  }

  private static Http.Answer restPublish() {
    return Http.post(
        cloud.endpoint().resolve("/v1/" + TOPIC + ":publish"),
        "{\"messages\":[{\"data\":\"eA==\"}]}");
  }

  private static PublishRequest request() {
    return PublishRequest.newBuilder()
        .setTopic(TOPIC)
        .addMessages(PubsubMessage.newBuilder().setData(ByteString.copyFromUtf8("x")))
        .build();
  }

  private static void assertFails(Status.Code code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            failure -> assertThat(failure.getStatus().getCode()).isEqualTo(code));
  }
}
