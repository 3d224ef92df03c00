package dev.in.generated;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.in.events.EventAttributes;
import dev.in.events.EventAttributes.Routing;
import dev.in.events.EventType;
import dev.in.events.Priority;
import dev.in.json.StrictJson;
import dev.in.topology.Topology;
import dev.in.topology.Topology.Topic;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The AsyncAPI 3 document of iN's topics: what a program in any language needs to consume events,
 * made of the topology and the schemas. It stands on its own, so that the schemas are in it.
 *
 * @see <a href="https://www.asyncapi.com/docs/reference/specification/v3.0.0">AsyncAPI 3.0.0</a>
 */
final class AsyncApi {
  static final Path FILE = Path.of("../docs/asyncapi.yaml");

  private static final String ABOUT =
      """
      The Pub/Sub topics of iN, asynchronous image processing. Consumers subscribe to event topics, each
      by a subscription of its own; task and command topics have one consumer each, which is iN's.
      Delivery is at least once and in no order: deduplicate by `eventId`, which names one fact for
      ever. Ignore fields and event types that you do not know.
      """;
  private static final String ENVELOPE = "in-event";

  private final ObjectNode document = StrictJson.MAPPER.createObjectNode();
  private final Topology topology = Topology.load();

  private AsyncApi() {}

  static String document() {
    AsyncApi api = new AsyncApi();
    api.addHead();
    api.addChannels();
    api.addOperations();
    api.addComponents();
    return yaml(api.document);
  }

  private void addHead() {
    document.put("asyncapi", "3.0.0");
    document
        .putObject("info")
        .put("title", "iN events")
        .put("version", "1.0.0")
        .put("description", ABOUT);
    document
        .putObject("servers")
        .putObject("pubsub")
        .put("host", "pubsub.googleapis.com")
        .put("protocol", "googlepubsub")
        .put("description", "Google Cloud Pub/Sub, in the project that iN is deployed to");
    document.put("defaultContentType", "application/json");
  }

  private void addChannels() {
    ObjectNode channels = document.putObject("channels");
    for (Topic topic : topics()) {
      ObjectNode channel = channels.putObject(topic.name());
      channel.put("address", topic.name()).put("description", description(topic.kind()));
      ObjectNode messages = channel.putObject("messages");
      for (EventType type : topic.messages()) {
        messages.putObject(type.wireName()).put("$ref", "#/components/messages/" + type.wireName());
      }
    }
  }

  /** Seen from iN: it sends events, and receives requests and commands. */
  private void addOperations() {
    ObjectNode operations = document.putObject("operations");
    for (Topic topic : topics()) {
      boolean event = topic.kind() == Topic.Kind.EVENT;
      ObjectNode operation =
          operations
              .putObject((event ? "send-" : "receive-") + topic.name())
              .put("action", event ? "send" : "receive");
      operation.putObject("channel").put("$ref", "#/channels/" + topic.name());
      operation.putArray("tags").addObject().put("name", kind(topic.kind()));
    }
  }

  private void addComponents() {
    ObjectNode components = document.putObject("components");
    ObjectNode messages = components.putObject("messages");
    ObjectNode schemas = components.putObject("schemas");
    schemas.set(ENVELOPE, EventSchemas.envelopeAlone());
    schemas.set("attributes", attributes());
    EventSchemas.payloads()
        .forEach(
            (type, schema) -> {
              addMessage(messages.putObject(type.wireName()), type);
              schema.remove(List.of("$schema", "$id"));
              schemas.set(type.wireName(), schema);
            });
  }

  private static void addMessage(ObjectNode message, EventType type) {
    message.put("name", type.wireName()).put("title", type.payloadType().getSimpleName());
    Javadoc.ofRecord(type.payloadType()).ifPresent(text -> message.put("summary", text));
    message.putObject("headers").put("$ref", schema("attributes"));
    ObjectNode body = message.putObject("payload");
    ArrayNode parts = body.putArray("allOf");
    parts.addObject().put("$ref", schema(ENVELOPE));
    ObjectNode properties = parts.addObject().putObject("properties");
    properties.putObject("eventType").put("const", type.wireName());
    properties.putObject("payload").put("$ref", schema(type.wireName()));
  }

  /** Pub/Sub attributes are strings. */
  private static ObjectNode attributes() {
    ObjectNode schema = StrictJson.MAPPER.createObjectNode();
    schema.put("type", "object").put("description", "Pub/Sub attributes, for filters");
    ObjectNode properties = schema.putObject("properties");
    Set<String> names = example(Optional.of("")).keySet();
    names.forEach(name -> properties.putObject(name).put("type", "string"));
    ArrayNode required = schema.putArray("required");
    example(Optional.empty()).keySet().forEach(required::add);
    return schema;
  }

  private static Map<String, String> example(Optional<String> traceparent) {
    Routing routing = new Routing(Priority.NORMAL, "", "");
    return new EventAttributes("", "", "", 1, 1, routing, traceparent).toMap();
  }

  /** Dead letters are messages of the other topics. */
  private List<Topic> topics() {
    return topology.topics().values().stream()
        .filter(topic -> topic.kind() != Topic.Kind.DEAD_LETTER)
        .toList();
  }

  private static String schema(String name) {
    return "#/components/schemas/" + name;
  }

  private static String kind(Topic.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static String description(Topic.Kind kind) {
    return switch (kind) {
      case EVENT -> "Announces what has happened, to any number of consumers.";
      case TASK -> "Drives one stage of the chain; its function is the only consumer.";
      case COMMAND -> "Changes a task; `recovery` is the only consumer.";
      case DEAD_LETTER -> throw new IllegalArgumentException("dead letters are no contract");
    };
  }

  private static String yaml(ObjectNode document) {
    YAMLMapper mapper =
        YAMLMapper.builder()
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.LITERAL_BLOCK_STYLE)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .build();
    try {
      return mapper.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
