package dev.in.core.testing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/** The wrapped body of a push, with both of Pub/Sub's spellings of everything. */
public record PushBody(
    byte[] data,
    Map<String, String> attributes,
    String messageId,
    String subscription,
    OptionalInt deliveryAttempt) {

  public static PushBody of(byte[] data) {
    return new PushBody(data, Map.of(), "1001", "download", OptionalInt.empty());
  }

  public PushBody attribute(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(attributes);
    more.put(name, value);
    return new PushBody(data, more, messageId, subscription, deliveryAttempt);
  }

  public PushBody messageId(String id) {
    return new PushBody(data, attributes, id, subscription, deliveryAttempt);
  }

  /**
   * @param id without its project
   */
  public PushBody subscription(String id) {
    return new PushBody(data, attributes, messageId, id, deliveryAttempt);
  }

  public PushBody attempt(int attempt) {
    return new PushBody(data, attributes, messageId, subscription, OptionalInt.of(attempt));
  }

  public String json() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ObjectNode message = root.putObject("message");
    if (data.length > 0) {
      message.put("data", Base64.getEncoder().encodeToString(data));
    }
    ObjectNode json = message.putObject("attributes");
    attributes.forEach(json::put);
    message.put("messageId", messageId).put("message_id", messageId);
    String time = "2026-03-01T12:00:00.000Z";
    message.put("publishTime", time).put("publish_time", time);
    root.put(
        "subscription", "projects/" + LocalCloudProcess.PROJECT + "/subscriptions/" + subscription);
    deliveryAttempt.ifPresent(attempt -> root.put("deliveryAttempt", attempt));
    return root.toString();
  }
}
