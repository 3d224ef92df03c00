package dev.in.core.publish;

import static java.util.Objects.requireNonNull;

import com.google.api.core.ApiFuture;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PubsubMessage;
import dev.in.core.failure.Await;
import dev.in.core.failure.Deadline;
import dev.in.core.failure.TransientFailure;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/** Publishes with Google's client, one publisher a topic, each future awaited. */
public final class PubSubPublisher implements MessagePublisher, AutoCloseable {
  private final Function<String, Publisher> publisherOf;
  private final ConcurrentMap<String, Publisher> publishers = new ConcurrentHashMap<>();

  /**
   * @param publisherOf makes the client of a topic
   */
  public PubSubPublisher(Function<String, Publisher> publisherOf) {
    this.publisherOf = requireNonNull(publisherOf, "publisherOf is null");
  }

  @Override
  public void publish(List<Outgoing> messages, Deadline deadline) {
    List<ApiFuture<String>> answers = messages.stream().map(this::send).toList();
    for (ApiFuture<String> answer : answers) {
      try {
        Await.answer(answer, deadline, "publishing");
      } catch (ExecutionException e) {
        throw new TransientFailure("a message cannot be published", e.getCause());
      }
    }
  }

  /** Makes a topic's client before it is needed. */
  public void warm(String topic) {
    publisher(topic);
  }

  private Publisher publisher(String topic) {
    return publishers.computeIfAbsent(topic, publisherOf);
  }

  private ApiFuture<String> send(Outgoing message) {
    return publisher(message.topic())
        .publish(
            PubsubMessage.newBuilder()
                .setData(ByteString.copyFrom(message.data()))
                .putAllAttributes(message.attributes())
                .build());
  }

  @Override
  public void close() {
    publishers.values().forEach(Publisher::shutdown);
  }
}
