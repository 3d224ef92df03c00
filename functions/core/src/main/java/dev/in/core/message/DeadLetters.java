package dev.in.core.message;

import static java.util.Objects.requireNonNull;

import dev.in.core.failure.Deadline;
import dev.in.core.handler.ReceivedMessage;
import dev.in.core.publish.MessagePublisher;
import dev.in.core.publish.Outgoing;
import dev.in.topology.Topology;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Publishes messages that can never be handled to the dead-letter topic, with the reason. */
public final class DeadLetters {
  /** Pub/Sub's limit for one attribute value, in bytes; reasons are ASCII in the main. */
  private static final int MAX_REASON = 500;

  /** Pub/Sub takes 100 attributes a message; ours must find room. */
  private static final int MAX_ATTRIBUTES_KEPT = 90;

  private final Topology topology;
  private final MessagePublisher publisher;
  private final InstantSource clock;

  public DeadLetters(Topology topology, MessagePublisher publisher, InstantSource clock) {
    this.topology = requireNonNull(topology, "topology is null");
    this.publisher = requireNonNull(publisher, "publisher is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** Returns once the dead-letter topic has the message: then it may be acked. */
  public void add(ReceivedMessage message, String reason) {
    Map<String, String> attributes = new LinkedHashMap<>();
    message.attributes().entrySet().stream()
        // Pub/Sub adds such keys itself and refuses them from others.
        .filter(attribute -> !attribute.getKey().startsWith("goog"))
        .limit(MAX_ATTRIBUTES_KEPT)
        .forEach(attribute -> attributes.put(attribute.getKey(), attribute.getValue()));
    attributes.put("deadLetterReason", reason.substring(0, Math.min(MAX_REASON, reason.length())));
    attributes.put("originalMessageId", message.messageId());
    attributes.put("sourceSubscription", message.subscriptionId());
    publisher.publish(
        List.of(new Outgoing(topology.deadLetter().topic(), message.data(), attributes)),
        Deadline.in(topology.clocks().workBudget(), clock));
  }
}
