package dev.in.emulator.pubsub;

import com.google.api.gax.core.CredentialsProvider;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.api.gax.rpc.TransportChannelProvider;
import com.google.cloud.pubsub.v1.SubscriptionAdminClient;
import com.google.cloud.pubsub.v1.SubscriptionAdminSettings;
import com.google.cloud.pubsub.v1.TopicAdminClient;
import com.google.cloud.pubsub.v1.TopicAdminSettings;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.PullRequest;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.Subscription;
import dev.in.emulator.Await;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** Google's own Java clients, and short cuts to what tests do with them. */
final class PubSubClients implements AutoCloseable {
  static final String PROJECT = "in-local";

  final TopicAdminClient topics;
  final SubscriptionAdminClient subscriptions;
  final TransportChannelProvider channel;
  final CredentialsProvider credentials = NoCredentialsProvider.create();
  final ManagedChannel grpc;

  PubSubClients(String host) {
    grpc = ManagedChannelBuilder.forTarget(host).usePlaintext().build();
    channel = FixedTransportChannelProvider.create(GrpcTransportChannel.create(grpc));
    try {
      topics =
          TopicAdminClient.create(
              TopicAdminSettings.newBuilder()
                  .setTransportChannelProvider(channel)
                  .setCredentialsProvider(credentials)
                  .build());
      subscriptions =
          SubscriptionAdminClient.create(
              SubscriptionAdminSettings.newBuilder()
                  .setTransportChannelProvider(channel)
                  .setCredentialsProvider(credentials)
                  .build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A name that no other test has. */
  static String unique(String kind) {
    return kind + "-" + UUID.randomUUID().toString().substring(0, 13);
  }

  static String topicName(String id) {
    return "projects/" + PROJECT + "/topics/" + id;
  }

  static String subscriptionName(String id) {
    return "projects/" + PROJECT + "/subscriptions/" + id;
  }

  /** Creates a topic; answers its full name. */
  String topic() {
    return topics.createTopic(topicName(unique("topic"))).getName();
  }

  /** Creates a pull subscription with 10 s to ack, or what the change makes of it. */
  String subscription(String topic, UnaryOperator<Subscription.Builder> change) {
    Subscription.Builder wanted =
        Subscription.newBuilder()
            .setName(subscriptionName(unique("subscription")))
            .setTopic(topic)
            .setAckDeadlineSeconds(10);
    return subscriptions.createSubscription(change.apply(wanted).build()).getName();
  }

  String subscription(String topic) {
    return subscription(topic, UnaryOperator.identity());
  }

  static PubsubMessage message(String text) {
    return PubsubMessage.newBuilder().setData(ByteString.copyFromUtf8(text)).build();
  }

  /** Publishes one message; answers its id. */
  String publish(String topic, PubsubMessage message) {
    return topics.publish(topic, List.of(message)).getMessageIds(0);
  }

  String publish(String topic, String text) {
    return publish(topic, message(text));
  }

  /** What is there now, nothing waited for. */
  @SuppressWarnings("deprecation")
  List<ReceivedMessage> pullNow(String subscription) {
    return subscriptions
        .pull(
            PullRequest.newBuilder()
                .setSubscription(subscription)
                .setMaxMessages(100)
                .setReturnImmediately(true)
                .build())
        .getReceivedMessagesList();
  }

  /** Pulls until that many have come; they stay unacked. */
  List<ReceivedMessage> pull(String subscription, int wanted) {
    List<ReceivedMessage> received = new ArrayList<>();
    Await.until(
        wanted + " messages of " + subscription,
        () -> {
          received.addAll(pullNow(subscription));
          return received.size() >= wanted;
        });
    return received;
  }

  ReceivedMessage pullOne(String subscription) {
    return pull(subscription, 1).getFirst();
  }

  void ack(String subscription, ReceivedMessage received) {
    subscriptions.acknowledge(subscription, List.of(received.getAckId()));
  }

  void nack(String subscription, ReceivedMessage received) {
    subscriptions.modifyAckDeadline(subscription, List.of(received.getAckId()), 0);
  }

  static List<String> texts(List<ReceivedMessage> received) {
    return received.stream().map(one -> one.getMessage().getData().toStringUtf8()).toList();
  }

  @Override
  public void close() {
    topics.close();
    subscriptions.close();
    grpc.shutdownNow();
    try {
      grpc.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
