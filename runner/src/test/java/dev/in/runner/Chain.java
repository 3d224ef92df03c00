package dev.in.runner;

import dev.in.events.EventType;
import dev.in.topology.Topology;
import dev.in.topology.Topology.Topic;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The chain and {@code sync} as topology.yaml has them. */
final class Chain {
  static final Topology TOPOLOGY = Topology.load();

  /** What a task that completes never publishes. */
  private static final Set<EventType> FAILURES = EnumSet.of(EventType.TASK_FAILED);

  private Chain() {}

  /** The topics of a task's messages, with what a completed task publishes on each. */
  static Map<String, Set<String>> messagesOfCompletedTask() {
    Map<String, Set<String>> messages = new TreeMap<>();
    for (Topic topic : TOPOLOGY.topics().values()) {
      if (topic.kind() != Topic.Kind.TASK && topic.kind() != Topic.Kind.EVENT
          || topic.equals(TOPOLOGY.topicOf(EventType.WEBHOOK_DISABLED))) {
        continue; // the edge's, about accounts
      }
      Set<String> types =
          topic.messages().stream()
              .filter(type -> !FAILURES.contains(type))
              .map(EventType::wireName)
              .collect(Collectors.toSet());
      messages.put(topic.name(), types);
    }
    return messages;
  }

  /** The functions that those messages are pushed to. */
  static List<String> functions() {
    Set<String> topics = messagesOfCompletedTask().keySet();
    return TOPOLOGY.subscriptions(List.of()).stream()
        .filter(subscription -> topics.contains(subscription.topic()))
        .flatMap(subscription -> subscription.function().stream())
        .filter(name -> !TOPOLOGY.functions().get(name).side())
        .distinct()
        .toList();
  }

  /** Where a task begins. */
  static String firstTopic() {
    return TOPOLOGY.topicOf(EventType.DOWNLOAD_REQUESTED).name();
  }

  /** The functions that have a stage. */
  static List<String> stages() {
    return TOPOLOGY.chain().stream().map(stage -> stage.wireName()).toList();
  }
}
