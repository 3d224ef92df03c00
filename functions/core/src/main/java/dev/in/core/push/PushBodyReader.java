package dev.in.core.push;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.in.core.handler.ReceivedMessage;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads Pub/Sub's wrapped push body. Pub/Sub writes the message id under two spellings; {@code
 * data} may be absent, and is bytes; {@code deliveryAttempt} is there only with a dead-letter
 * policy.
 *
 * @see <a href="https://cloud.google.com/pubsub/docs/push#receive_push">Receive push messages</a>
 */
final class PushBodyReader {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private PushBodyReader() {}

  /**
   * @throws MalformedPushException if this is not a Pub/Sub push
   */
  static ReceivedMessage read(byte[] body) throws MalformedPushException {
    JsonNode root = parse(body);
    JsonNode message = root.path("message");
    if (!message.isObject()) {
      throw new MalformedPushException("there is no message in the body");
    }
    return new ReceivedMessage(
        data(message.path("data")),
        attributes(message.path("attributes")),
        messageId(message),
        publishTime(message),
        root.path("subscription").asText(),
        root.path("deliveryAttempt").asInt(0));
  }

  /** Jackson's own message would quote the body. */
  private static JsonNode parse(byte[] body) throws MalformedPushException {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new MalformedPushException("the body is not JSON");
    } catch (IOException e) {
      throw new IllegalStateException("bytes can always be read", e);
    }
  }

  private static byte[] data(JsonNode data) throws MalformedPushException {
    if (data.isMissingNode() || data.isNull()) {
      return new byte[0];
    }
    try {
      return Base64.getDecoder().decode(data.isTextual() ? data.textValue() : "not base64");
    } catch (IllegalArgumentException e) {
      throw new MalformedPushException("the data is not base64");
    }
  }

  private static String messageId(JsonNode message) throws MalformedPushException {
    String id = message.path("messageId").asText(message.path("message_id").asText());
    if (id.isEmpty()) {
      throw new MalformedPushException("the message has no id");
    }
    return id;
  }

  /** For the metrics alone: a time that cannot be read is no reason to refuse the message. */
  private static Optional<Instant> publishTime(JsonNode message) {
    try {
      return Optional.of(
          Instant.parse(message.path("publishTime").asText(message.path("publish_time").asText())));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Map<String, String> attributes(JsonNode json) {
    Map<String, String> attributes = new HashMap<>();
    json.properties().forEach(entry -> attributes.put(entry.getKey(), entry.getValue().asText()));
    return attributes;
  }

  /** A body that Pub/Sub did not send. */
  static final class MalformedPushException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedPushException(String message) {
      super(message);
    }
  }
}
