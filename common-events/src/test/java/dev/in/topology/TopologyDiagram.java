package dev.in.topology;

import dev.in.events.EventType;
import dev.in.topology.Topology.Function;
import dev.in.topology.Topology.Subscription;
import dev.in.topology.Topology.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Draws a topology as a <a href="https://mermaid.js.org/syntax/flowchart.html">Mermaid
 * flowchart</a>, which GitHub shows in Markdown. Dotted is what is off unless it is switched on.
 */
final class TopologyDiagram {
  private static final String EDGE = "edge";

  private final Topology topology;
  private final List<String> lines = new ArrayList<>();

  private TopologyDiagram(Topology topology) {
    this.topology = topology;
  }

  static List<String> draw(Topology topology) {
    return new TopologyDiagram(topology).draw();
  }

  private List<String> draw() {
    line("flowchart TB");
    line("  user([user]) --> edge[[edge: Worker and TaskCoordinatorDO]]");
    topology.topics().values().forEach(this::topic);
    topology.functions().values().forEach(this::function);
    for (EventType type :
        List.of(EventType.DOWNLOAD_REQUESTED, EventType.TASK_REDRIVE, EventType.WEBHOOK_DISABLED)) {
      Topic topic = topology.topicOf(type);
      line("  %s -->|%s| %s", EDGE, names(topic), id(topic.name()));
    }
    topology.functions().values().forEach(this::publishes);
    topology.subscriptions().values().forEach(this::subscription);
    line(
        "  undelivered[what cannot be delivered or decoded] --> %s",
        id(topology.deadLetter().topic()));
    return lines;
  }

  private void topic(Topic topic) {
    line("  %s([%s])", id(topic.name()), topic.name());
  }

  private void function(Function function) {
    line("  %s[\"<b>%s</b><br>%s\"]", id(function.name()), function.name(), function.does());
  }

  private void publishes(Function function) {
    for (String name : function.publishes()) {
      Topic topic = topology.topics().get(name);
      switch (topic.kind()) {
        case TASK -> line("  %s -->|%s| %s", id(function.name()), names(topic), id(name));
        case EVENT, COMMAND -> line("  %s --> %s", id(function.name()), id(name));
        // Every function may: once for all, see above.
        case DEAD_LETTER -> {}
      }
    }
    if (function.needs().contains(Topology.Need.EDGE)) {
      line("  %s -->|callback| %s", id(function.name()), EDGE);
    }
  }

  private void subscription(Subscription subscription) {
    String arrow = subscription.enabled() ? "-->" : "-.->";
    String to =
        subscription
            .function()
            .map(TopologyDiagram::id)
            .orElseGet(
                () -> "%s_held[held until someone looks]".formatted(id(subscription.name())));
    line("  %s %s|%s| %s", id(subscription.topic()), arrow, subscription.name(), to);
  }

  private static String names(Topic topic) {
    return topic.messages().stream().map(EventType::wireName).collect(Collectors.joining("<br>"));
  }

  /** Mermaid's keywords, such as {@code end}, cannot be names. */
  private static String id(String name) {
    return "n_" + name.replace('-', '_');
  }

  private void line(String format, Object... arguments) {
    lines.add(format.formatted(arguments));
  }
}
