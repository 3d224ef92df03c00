package dev.in.core.message;

import static java.util.Objects.requireNonNull;

import dev.in.core.failure.Deadline;
import dev.in.core.handler.ReceivedMessage;
import dev.in.core.publish.MessagePublisher;
import dev.in.core.publish.Outgoing;
import dev.in.topology.Topology;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Publishes messages that can never be handled to the dead-letter topic, with the reason. */
public final class DeadLetters {
  /** Pub/Sub's limit for one attribute value. */
  private static final int MAX_REASON_BYTES = 1024;

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
    attributes.put("deadLetterReason", bounded(reason));
    attributes.put("originalMessageId", message.messageId());
    attributes.put("sourceSubscription", message.subscriptionId());
    publisher.publish(
        List.of(new Outgoing(topology.deadLetter().topic(), message.data(), attributes)),
        Deadline.in(topology.clocks().workBudget(), clock));
  }

  /** As many whole characters as fit into the limit in UTF-8. */
  private static String bounded(String reason) {
    ByteBuffer bytes = ByteBuffer.allocate(MAX_REASON_BYTES);
    CharsetEncoder encoder =
        StandardCharsets.UTF_8
            .newEncoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    encoder.encode(CharBuffer.wrap(reason), bytes, true);
    return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
  }
}
