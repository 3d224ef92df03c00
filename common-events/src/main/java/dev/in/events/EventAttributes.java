package dev.in.events;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The Pub/Sub attributes that travel beside every INEvent, for filters and routing. They never hold
 * URLs or the user's text.
 *
 * @param traceparent the current span (W3C Trace Context); trace context does not survive a push by
 *     itself
 */
public record EventAttributes(
    String eventId,
    String eventType,
    String taskId,
    int run,
    int schemaVersion,
    Routing routing,
    Optional<String> traceparent) {

  public EventAttributes {
    requireNonNull(eventId, "eventId is null");
    requireNonNull(eventType, "eventType is null");
    requireNonNull(taskId, "taskId is null");
    requireNonNull(routing, "routing is null");
    requireNonNull(traceparent, "traceparent is null");
  }

  /**
   * What the edge gives a task and all its messages carry.
   *
   * @param owner opaque: whose task it is
   * @param channel the partner through whom its owner uses iN; {@code local} without partners
   */
  public record Routing(Priority priority, String owner, String channel) {
    public Routing {
      requireNonNull(priority, "priority is null");
      requireNonNull(owner, "owner is null");
      requireNonNull(channel, "channel is null");
    }

    /** Read from a message's attributes; defaults are priority normal, no owner, channel local. */
    public static Routing fromAttributes(Map<String, String> attributes) {
      return new Routing(
          Priority.fromWire(attributes.get("priority")),
          attributes.getOrDefault("owner", ""),
          attributes.getOrDefault("channel", "local"));
    }
  }

  public static EventAttributes of(
      INEvent<?> event, Routing routing, Optional<String> traceparent) {
    return new EventAttributes(
        event.eventId().toString(),
        event.eventType(),
        event.taskId(),
        event.run(),
        event.schemaVersion(),
        routing,
        traceparent);
  }

  /** As Pub/Sub takes them. */
  public Map<String, String> toMap() {
    Map<String, String> map = new LinkedHashMap<>();
    map.put("eventId", eventId);
    map.put("eventType", eventType);
    map.put("taskId", taskId);
    map.put("run", Integer.toString(run));
    map.put("priority", routing.priority().wireName());
    map.put("owner", routing.owner());
    map.put("channel", routing.channel());
    map.put("schemaVersion", Integer.toString(schemaVersion));
    traceparent.ifPresent(value -> map.put("traceparent", value));
    return map;
  }
}
