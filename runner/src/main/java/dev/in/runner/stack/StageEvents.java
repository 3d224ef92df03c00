package dev.in.runner.stack;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.in.events.EventCodec;
import dev.in.events.EventType;
import dev.in.events.INEvent;
import dev.in.events.MalformedEventException;
import dev.in.runner.process.StackFailure;
import dev.in.topology.Topology;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;

/**
 * The events of stages as they are published, pulled by this process from the local cloud: progress
 * for a stack without {@code notification}. It is shown and nothing else, so what is lost does no
 * harm.
 */
public final class StageEvents implements AutoCloseable {
  private static final String SUBSCRIPTION =
      "projects/" + LocalNames.PROJECT + "/subscriptions/run-progress";
  private static final int MAX_MESSAGES = 100;
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PubSubAdmin pubSub;
  private final Consumer<INEvent<?>> listener;
  private final Thread thread;

  private StageEvents(PubSubAdmin pubSub, Consumer<INEvent<?>> listener) {
    this.pubSub = requireNonNull(pubSub, "pubSub is null");
    this.listener = requireNonNull(listener, "listener is null");
    this.thread = Thread.ofVirtual().name("stage-events").unstarted(this::pullUntilClosed);
  }

  /**
   * Begins with what is published from now on.
   *
   * @param cloud the local cloud's address
   * @param listener gets each event, on a thread of its own
   */
  public static StageEvents open(URI cloud, Consumer<INEvent<?>> listener)
      throws InterruptedException {
    StageEvents events = new StageEvents(new PubSubAdmin(cloud), listener);
    String topic = Topology.load().topicOf(EventType.IMAGE_DOWNLOADED).name();
    try {
      events.pubSub.create(
          SUBSCRIPTION,
          object().put("topic", "projects/" + LocalNames.PROJECT + "/topics/" + topic));
    } catch (StackFailure e) {
      // Whether the stack has failed is for others to say, as with pulls.
    }
    events.thread.start();
    return events;
  }

  private void pullUntilClosed() {
    try {
      while (true) {
        try {
          pull();
        } catch (StackFailure e) {
          // Whether the stack has failed is for others to say.
          Thread.sleep(PAUSE_AFTER_FAILURE);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void pull() throws StackFailure, InterruptedException {
    List<String> ackIds = new ArrayList<>();
    String answer = pubSub.call(SUBSCRIPTION + ":pull", object().put("maxMessages", MAX_MESSAGES));
    for (JsonNode received : read(answer).path("receivedMessages")) {
      ackIds.add(received.path("ackId").asText());
      report(received.path("message").path("data").asText());
    }
    if (!ackIds.isEmpty()) {
      ObjectNode body = object();
      ArrayNode ids = body.putArray("ackIds");
      ackIds.forEach(ids::add);
      pubSub.call(SUBSCRIPTION + ":acknowledge", body);
    }
  }

  private static JsonNode read(String answer) throws StackFailure {
    try {
      return JSON.readTree(answer);
    } catch (JsonProcessingException e) {
      throw new StackFailure("Pub/Sub's answer cannot be read: " + e, e);
    }
  }

  private void report(String data) {
    try {
      listener.accept(EventCodec.read(Base64.getDecoder().decode(data)));
    } catch (MalformedEventException e) {
      // The functions' own subscriptions make a dead letter of it.
    }
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  @Override
  public void close() throws InterruptedException {
    thread.interrupt();
    thread.join();
  }
}
