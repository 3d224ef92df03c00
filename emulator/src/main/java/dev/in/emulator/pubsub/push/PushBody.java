package dev.in.emulator.pubsub.push;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.util.Timestamps;
import com.google.pubsub.v1.PubsubMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/** The wrapped body of a push request, as Pub/Sub's page "Push subscriptions" shows it. */
public final class PushBody {
  private static final JsonFactory JSON = new JsonFactory();

  private PushBody() {}

  /**
   * @param subscription its full name
   * @param deliveryAttempt empty leaves the field out, as without a dead-letter policy
   * @return UTF-8 JSON; ids and times under both spellings; {@code data} and {@code orderingKey}
   *     only where the message has some
   */
  public static byte[] of(PubsubMessage message, String subscription, OptionalInt deliveryAttempt) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(message.getSerializedSize() * 2 + 512);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeObjectFieldStart("message");
      write(json, message);
      json.writeEndObject();
      json.writeStringField("subscription", subscription);
      if (deliveryAttempt.isPresent()) {
        json.writeNumberField("deliveryAttempt", deliveryAttempt.getAsInt());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  private static void write(JsonGenerator json, PubsubMessage message) throws IOException {
    json.writeObjectFieldStart("attributes");
    for (Map.Entry<String, String> attribute :
        new TreeMap<>(message.getAttributesMap()).entrySet()) {
      json.writeStringField(attribute.getKey(), attribute.getValue());
    }
    json.writeEndObject();
    if (!message.getData().isEmpty()) {
      json.writeFieldName("data");
      json.writeBinary(message.getData().toByteArray());
    }
    String publishTime = Timestamps.toString(message.getPublishTime());
    json.writeStringField("messageId", message.getMessageId());
    json.writeStringField("message_id", message.getMessageId());
    if (!message.getOrderingKey().isEmpty()) {
      json.writeStringField("orderingKey", message.getOrderingKey());
    }
    json.writeStringField("publishTime", publishTime);
    json.writeStringField("publish_time", publishTime);
  }
}
