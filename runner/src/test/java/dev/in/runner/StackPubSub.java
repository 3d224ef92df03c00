package dev.in.runner;

import com.google.protobuf.ByteString;
import com.google.pubsub.v1.GetSubscriptionRequest;
import com.google.pubsub.v1.ModifyPushConfigRequest;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublisherGrpc;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.PushConfig;
import com.google.pubsub.v1.SubscriberGrpc;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.net.URI;

/** What an operator does with the Pub/Sub of a stack that is up. */
final class StackPubSub implements AutoCloseable {
  private final String project;
  private final ManagedChannel channel;

  StackPubSub(RunningStack stack) throws IOException {
    this.project = "projects/" + stack.upFile().path("project").asText();
    this.channel =
        ManagedChannelBuilder.forTarget(stack.upFile().path("hosts").path("pubsub").asText())
            .usePlaintext()
            .build();
  }

  /** Publishes what no function can read. */
  void publishUndecodable(String topic) {
    PublisherGrpc.newBlockingStub(channel)
        .publish(
            PublishRequest.newBuilder()
                .setTopic(project + "/topics/" + topic)
                .addMessages(
                    PubsubMessage.newBuilder().setData(ByteString.copyFromUtf8("no INEvent")))
                .build());
  }

  /** Has a subscription push to somebody else until that is closed. */
  Redirection redirect(String subscription, URI endpoint) {
    String name = project + "/subscriptions/" + subscription;
    PushConfig own =
        SubscriberGrpc.newBlockingStub(channel)
            .getSubscription(GetSubscriptionRequest.newBuilder().setSubscription(name).build())
            .getPushConfig();
    push(name, PushConfig.newBuilder().setPushEndpoint(endpoint.resolve("/").toString()).build());
    return () -> push(name, own);
  }

  private void push(String subscription, PushConfig config) {
    SubscriberGrpc.newBlockingStub(channel)
        .modifyPushConfig(
            ModifyPushConfigRequest.newBuilder()
                .setSubscription(subscription)
                .setPushConfig(config)
                .build());
  }

  /** Ends when it is closed. */
  interface Redirection extends AutoCloseable {
    @Override
    void close();
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
