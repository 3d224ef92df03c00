package dev.in.topology;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.in.events.EventType;
import dev.in.events.Stage;
import dev.in.topology.Topology.Backoff;
import dev.in.topology.Topology.Clocks;
import dev.in.topology.Topology.DeadLetter;
import dev.in.topology.Topology.Function;
import dev.in.topology.Topology.Need;
import dev.in.topology.Topology.Service;
import dev.in.topology.Topology.Subscription;
import dev.in.topology.Topology.Tick;
import dev.in.topology.Topology.Topic;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads {@code topology.yaml}; an unknown word or an undefined name is an error. */
final class TopologyReader {
  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final JsonNode root;
  private final Clocks clocks;
  private final DeadLetter deadLetter;
  private final Map<String, Topic> topics;
  private final Map<String, Function> functions;

  private TopologyReader(JsonNode root) {
    this.root = root;
    allowOnly(
        root,
        "topology",
        "clocks",
        "chain",
        "topics",
        "functions",
        "legacyEventTypes",
        "deadLetter",
        "subscriptions");
    this.clocks = clocks(root.path("clocks"));
    this.topics = named(root.path("topics"), this::topic);
    this.functions = named(root.path("functions"), this::function);
    this.deadLetter = deadLetter(root.path("deadLetter"));
  }

  static Topology readPacked() {
    try (InputStream yaml = Topology.class.getResourceAsStream("/topology.yaml")) {
      if (yaml == null) {
        throw new IllegalStateException("topology.yaml is not on the class path");
      }
      return read(YAML.readTree(yaml));
    } catch (IOException e) {
      throw new UncheckedIOException("topology.yaml cannot be read", e);
    }
  }

  static Topology read(String yaml) {
    try {
      return read(YAML.readTree(yaml));
    } catch (IOException e) {
      throw new UncheckedIOException("not YAML, or a duplicate name", e);
    }
  }

  private static Topology read(JsonNode root) {
    return new TopologyReader(root).read();
  }

  private Topology read() {
    List<Stage> chain = elements(root.path("chain")).map(TopologyReader::stage).toList();
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("chain is empty");
    }
    return new Topology(
        clocks,
        chain,
        topics,
        functions,
        named(root.path("subscriptions"), this::subscription),
        deadLetter);
  }

  private DeadLetter deadLetter(JsonNode json) {
    allowOnly(json, "deadLetter", "topic", "maxDeliveryAttempts");
    int attempts = json.path("maxDeliveryAttempts").asInt();
    if (attempts < 5 || attempts > 100) { // Pub/Sub's bounds
      throw new IllegalArgumentException("maxDeliveryAttempts is not between 5 and 100");
    }
    return new DeadLetter(knownTopic(json.path("topic").asText()), attempts);
  }

  private static Clocks clocks(JsonNode json) {
    allowOnly(
        json,
        "clocks",
        "workBudget",
        "lease",
        "requestTimeout",
        "ackDeadline",
        "backoff",
        "taskDeadline",
        "internalAfter",
        "overdueAfter",
        "retention",
        "historyTtl",
        "documentTtl");
    return new Clocks(
        duration(json, "workBudget"),
        duration(json, "lease"),
        duration(json, "requestTimeout"),
        duration(json, "ackDeadline"),
        backoff(json.path("backoff")),
        duration(json, "taskDeadline"),
        duration(json, "internalAfter"),
        duration(json, "overdueAfter"),
        duration(json, "retention"),
        duration(json, "historyTtl"),
        duration(json, "documentTtl"));
  }

  private Topic topic(String name, JsonNode json) {
    allowOnly(json, name, "kind", "messages");
    return new Topic(name, kind(name, json.path("kind").asText()), messages(json));
  }

  private static Topic.Kind kind(String topic, String word) {
    return switch (word) {
      case "task" -> Topic.Kind.TASK;
      case "event" -> Topic.Kind.EVENT;
      case "command" -> Topic.Kind.COMMAND;
      case "dead-letter" -> Topic.Kind.DEAD_LETTER;
      default ->
          throw new IllegalArgumentException("unknown kind of topic " + topic + ": '" + word + "'");
    };
  }

  private Function function(String name, JsonNode json) {
    allowOnly(json, name, "does", "side", "replayable", "publishes", "needs", "service", "tick");
    return new Function(
        name,
        json.path("does").asText(),
        flag(json, "side", false),
        flag(json, "replayable", false),
        elements(json.path("publishes")).map(this::knownTopic).toList(),
        elements(json.path("needs"))
            .map(TopologyReader::need)
            .collect(Collectors.toUnmodifiableSet()),
        service(json.path("service")),
        json.has("tick") ? Optional.of(tick(json.path("tick"))) : Optional.empty());
  }

  private static Tick tick(JsonNode json) {
    allowOnly(json, "tick", "path", "every");
    return new Tick(json.path("path").asText(), duration(json, "every"));
  }

  private static Need need(String word) {
    return Arrays.stream(Need.values())
        .filter(need -> need.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("unknown need of a function: " + word));
  }

  private static Service service(JsonNode json) {
    allowOnly(json, "service", "cpu", "memoryMiB", "concurrency");
    return new Service(
        positive(json, "cpu"), positive(json, "memoryMiB"), positive(json, "concurrency"));
  }

  private Subscription subscription(String name, JsonNode json) {
    allowOnly(
        json,
        name,
        "topic",
        "function",
        "messages",
        "enabled",
        "ackDeadline",
        "backoff",
        "retention",
        "deadLetter");
    Optional<String> function = Optional.ofNullable(json.path("function").textValue());
    function.ifPresent(
        value -> {
          if (!functions.containsKey(value)) {
            throw new IllegalArgumentException(name + " pushes to an unknown function: " + value);
          }
        });
    return new Subscription(
        name,
        knownTopic(json.path("topic").asText()),
        function,
        filter(messages(json)),
        flag(json, "enabled", true),
        json.has("ackDeadline") ? duration(json, "ackDeadline") : clocks.ackDeadline(),
        json.has("backoff") ? backoff(json.path("backoff")) : clocks.backoff(),
        json.has("retention") ? duration(json, "retention") : clocks.retention(),
        flag(json, "deadLetter", true) ? Optional.of(deadLetter) : Optional.empty());
  }

  /** Matches messages of these types, by their older names as well. */
  private static Optional<String> filter(List<EventType> messages) {
    return messages.stream()
        .flatMap(type -> Stream.concat(Stream.of(type.wireName()), type.legacyNames().stream()))
        .map(name -> "attributes.eventType = \"" + name + "\"")
        .reduce((left, right) -> left + " OR " + right);
  }

  private static List<EventType> messages(JsonNode json) {
    return elements(json.path("messages"))
        .map(
            name ->
                EventType.fromWire(name)
                    .orElseThrow(() -> new IllegalArgumentException("unknown event type: " + name)))
        .toList();
  }

  private static Stage stage(String name) {
    return Stage.fromWire(name)
        .orElseThrow(() -> new IllegalArgumentException("unknown stage: " + name));
  }

  private String knownTopic(String name) {
    if (!topics.containsKey(name)) {
      throw new IllegalArgumentException("unknown topic: " + name);
    }
    return name;
  }

  private static boolean flag(JsonNode json, String field, boolean ifMissing) {
    JsonNode value = json.path(field);
    if (!value.isMissingNode() && !value.isBoolean()) {
      throw new IllegalArgumentException(field + " is not a boolean: " + value);
    }
    return value.asBoolean(ifMissing);
  }

  private static Backoff backoff(JsonNode json) {
    allowOnly(json, "backoff", "minimum", "maximum");
    return new Backoff(duration(json, "minimum"), duration(json, "maximum"));
  }

  private static Duration duration(JsonNode json, String field) {
    String text = json.path(field).asText();
    if (!text.matches("[1-9][0-9]*s")) {
      throw new IllegalArgumentException(field + " is not a duration such as 60s: '" + text + "'");
    }
    return Duration.ofSeconds(Long.parseLong(text.substring(0, text.length() - 1)));
  }

  private static int positive(JsonNode json, String field) {
    JsonNode value = json.path(field);
    if (!value.isInt() || value.asInt() < 1) {
      throw new IllegalArgumentException(
          field + " is not a positive whole number: '" + value + "'");
    }
    return value.asInt();
  }

  private static Stream<String> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText);
  }

  private static <T> Map<String, T> named(JsonNode json, BiFunction<String, JsonNode, T> reader) {
    Map<String, T> result = new LinkedHashMap<>();
    json.properties()
        .forEach(
            entry -> result.put(entry.getKey(), reader.apply(entry.getKey(), entry.getValue())));
    return Collections.unmodifiableMap(result);
  }

  private static void allowOnly(JsonNode json, String where, String... words) {
    Set<String> unknown =
        json.properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
    Set.of(words).forEach(unknown::remove);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(where + " has unknown keys: " + unknown);
    }
  }
}
