package dev.in.emulator.pubsub.delivery;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.util.Timestamps;
import com.google.pubsub.v1.PubsubMessage;
import java.time.Instant;

/**
 * A message as the service keeps it: with its id and publish time. Shared by all subscriptions.
 *
 * @param bytes its size as Pub/Sub bills it: data, attributes, id and time
 */
public record Message(PubsubMessage content, Instant publishTime, long bytes) {
  public Message {
    requireNonNull(content, "content is null");
    requireNonNull(publishTime, "publishTime is null");
  }

  /** Takes in what a publisher sent; an id or a time that it set itself is overwritten. */
  public static Message published(PubsubMessage sent, String id, Instant now) {
    PubsubMessage content =
        sent.toBuilder()
            .setMessageId(id)
            .setPublishTime(Timestamps.fromMillis(now.toEpochMilli()))
            .build();
    return new Message(
        content, Instant.ofEpochMilli(now.toEpochMilli()), content.getSerializedSize());
  }

  public String id() {
    return content.getMessageId();
  }
}
