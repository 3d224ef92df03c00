package dev.in.core.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.cloud.pubsub.v1.stub.PublisherStub;
import com.google.cloud.pubsub.v1.stub.PublisherStubSettings;
import dev.in.core.failure.Deadline;
import dev.in.core.failure.TransientFailure;
import dev.in.core.testing.LocalCloudExtension;
import dev.in.core.testing.LocalCloudProcess;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Google's client against the local cloud. */
@ExtendWith(LocalCloudExtension.class)
class PubSubPublisherTest {
  private static LocalCloudProcess cloud;
  private static ManagedChannel channel;

  private final String topic = "topic-" + UUID.randomUUID();
  private final PubSubPublisher publisher =
      new PubSubPublisher(LocalCloudProcess.PROJECT, client());

  @BeforeAll
  static void connect(LocalCloudProcess localCloud) {
    cloud = localCloud;
    channel = ManagedChannelBuilder.forTarget(cloud.host()).usePlaintext().build();
  }

  @AfterAll
  static void disconnect() {
    if (channel != null) {
      channel.shutdownNow();
    }
  }

  @AfterEach
  void close() {
    cloud.clearFaults();
    publisher.close();
  }

  @Test
  void whatWasPublishedIsThereWhenTheCallReturns() {
    cloud.createTopic(topic);
    byte[] binary = {0, (byte) 0xff, 7};

    publisher.publish(
        List.of(
            new Outgoing(topic, binary, Map.of("owner", "o1", "channel", "")),
            new Outgoing(topic, "zwei".getBytes(UTF_8), Map.of())),
        soon());

    Map<String, JsonNode> attributes = new HashMap<>();
    cloud
        .published(topic)
        .forEach(
            message -> attributes.put(message.path("data").asText(), message.path("attributes")));
    Base64.Encoder base64 = Base64.getEncoder();
    String first = base64.encodeToString(binary);
    assertThat(attributes).containsOnlyKeys(first, base64.encodeToString("zwei".getBytes(UTF_8)));
    assertThat(attributes.get(first))
        .isEqualTo(JsonNodeFactory.instance.objectNode().put("owner", "o1").put("channel", ""));
  }

  @Test
  void oneThatIsNotTakenFailsThemAll() {
    cloud.createTopic(topic);

    assertThatThrownBy(
            () ->
                publisher.publish(
                    List.of(message(topic), message("no-such-topic"), message(topic)), soon()))
        .isInstanceOf(TransientFailure.class)
        .hasMessage("a message cannot be published")
        .hasRootCauseMessage("NOT_FOUND: Resource not found (resource=no-such-topic).");
  }

  @Test
  void anAnswerThatDoesNotComeIsAFaultOnceTheDeadlineHasPassed() {
    cloud.createTopic(topic);
    cloud.fault("{\"calls\": \"google.pubsub.v1.Publisher/Publish\", \"effect\": \"hang\"}");

    assertThatThrownBy(
            () ->
                publisher.publish(
                    List.of(message(topic)),
                    Deadline.in(Duration.ofMillis(300), InstantSource.system())))
        .isInstanceOf(TransientFailure.class)
        .hasMessage("publishing did not answer in time");
  }

  @Test
  void nothingToPublishCostsNothing() {
    publisher.publish(List.of(), soon());
  }

  private static Outgoing message(String topic) {
    return new Outgoing(topic, new byte[] {1}, Map.of());
  }

  private static Deadline soon() {
    return Deadline.in(Duration.ofSeconds(30), InstantSource.system());
  }

  private static PublisherStub client() {
    try {
      return PublisherStubSettings.newBuilder()
          .setTransportChannelProvider(
              FixedTransportChannelProvider.create(GrpcTransportChannel.create(channel)))
          .setCredentialsProvider(NoCredentialsProvider.create())
          .build()
          .createStub();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
