package dev.in.bench.localcloud;

import com.google.api.gax.core.CredentialsProvider;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.api.gax.rpc.TransportChannelProvider;
import com.google.cloud.pubsub.v1.AckReplyConsumer;
import com.google.cloud.pubsub.v1.MessageReceiver;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.cloud.pubsub.v1.Subscriber;
import com.google.cloud.pubsub.v1.SubscriptionAdminClient;
import com.google.cloud.pubsub.v1.SubscriptionAdminSettings;
import com.google.cloud.pubsub.v1.TopicAdminClient;
import com.google.cloud.pubsub.v1.TopicAdminSettings;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.PushConfig;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.net.URI;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** One topic with one subscription, by Google's clients in their default settings. */
final class PubSubSession implements AutoCloseable {
  private static final String NUMBER = "number";
  private static final ByteString KILOBYTE = ByteString.copyFrom(new byte[1024]);
  private static final String PROJECT = "projects/in-local/";

  private final CredentialsProvider credentials = NoCredentialsProvider.create();
  private final ManagedChannel grpc;
  private final TransportChannelProvider channel;
  private final String topic = PROJECT + "topics/bench-" + UUID.randomUUID();
  private final String subscription = PROJECT + "subscriptions/bench-" + UUID.randomUUID();
  private final Publisher publisher;

  PubSubSession(String host) throws IOException {
    grpc = ManagedChannelBuilder.forTarget(host).usePlaintext().build();
    channel = FixedTransportChannelProvider.create(GrpcTransportChannel.create(grpc));
    try (TopicAdminClient topics =
        TopicAdminClient.create(
            TopicAdminSettings.newBuilder()
                .setTransportChannelProvider(channel)
                .setCredentialsProvider(credentials)
                .build())) {
      topics.createTopic(topic);
    }
    publisher =
        Publisher.newBuilder(topic)
            .setChannelProvider(channel)
            .setCredentialsProvider(credentials)
            .build();
  }

  void subscribe(PushConfig push) throws IOException {
    try (SubscriptionAdminClient subscriptions =
        SubscriptionAdminClient.create(
            SubscriptionAdminSettings.newBuilder()
                .setTransportChannelProvider(channel)
                .setCredentialsProvider(credentials)
                .build())) {
      subscriptions.createSubscription(subscription, topic, push, 60);
    }
  }

  void push(URI endpoint) throws IOException {
    subscribe(PushConfig.newBuilder().setPushEndpoint(endpoint.toString()).build());
  }

  /** A message of a kilobyte that carries its number. */
  void publish(int number) {
    publisher.publish(
        PubsubMessage.newBuilder()
            .setData(KILOBYTE)
            .putAttributes(NUMBER, String.valueOf(number))
            .build());
  }

  /** Google's subscriber, by streaming pull; acks everything. */
  Subscriber pull(LongConsumer received) {
    MessageReceiver receiver =
        (PubsubMessage message, AckReplyConsumer reply) -> {
          received.accept(Long.parseLong(message.getAttributesOrThrow(NUMBER)));
          reply.ack();
        };
    Subscriber subscriber =
        Subscriber.newBuilder(subscription, receiver)
            .setChannelProvider(channel)
            .setCredentialsProvider(credentials)
            .build();
    subscriber.startAsync().awaitRunning();
    return subscriber;
  }

  @Override
  public void close() throws InterruptedException {
    publisher.shutdown();
    publisher.awaitTermination(20, TimeUnit.SECONDS);
    grpc.shutdownNow();
    grpc.awaitTermination(5, TimeUnit.SECONDS);
  }
}
