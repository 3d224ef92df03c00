package dev.in.runner;

import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublisherGrpc;
import com.google.pubsub.v1.PubsubMessage;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;

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

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
