package dev.in.core.publish;

import static java.util.Objects.requireNonNull;

import com.google.api.core.ApiFuture;
import com.google.cloud.pubsub.v1.stub.PublisherStub;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublishResponse;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.TopicName;
import dev.in.core.failure.Await;
import dev.in.core.failure.Deadline;
import dev.in.core.failure.TransientFailure;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * Publishes with Google's client, one for all topics, each answer awaited. Google's {@code
 * Publisher} would have a connection and threads for each topic, for batches that are never more
 * than one message here.
 */
public final class PubSubPublisher implements MessagePublisher, AutoCloseable {
  private final String projectId;
  private final PublisherStub client;

  public PubSubPublisher(String projectId, PublisherStub client) {
    this.projectId = requireNonNull(projectId, "projectId is null");
    this.client = requireNonNull(client, "client is null");
  }

  @Override
  public void publish(List<Outgoing> messages, Deadline deadline) {
    List<ApiFuture<PublishResponse>> answers = messages.stream().map(this::send).toList();
    for (ApiFuture<PublishResponse> answer : answers) {
      try {
        Await.answer(answer, deadline, "publishing");
      } catch (ExecutionException e) {
        throw new TransientFailure("a message cannot be published", e.getCause());
      }
    }
  }

  private ApiFuture<PublishResponse> send(Outgoing message) {
    return client
        .publishCallable()
        .futureCall(
            PublishRequest.newBuilder()
                .setTopic(TopicName.format(projectId, message.topic()))
                .addMessages(
                    PubsubMessage.newBuilder()
                        .setData(ByteString.copyFrom(message.data()))
                        .putAllAttributes(message.attributes()))
                .build());
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
