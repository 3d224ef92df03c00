package dev.in.emulator.pubsub;

import static java.util.Objects.requireNonNull;

import com.google.pubsub.v1.PubsubMessage;
import dev.in.emulator.pubsub.broker.Broker;
import dev.in.emulator.pubsub.config.ResourceNames;
import dev.in.emulator.pubsub.delivery.DeliveryRecord;
import dev.in.emulator.pubsub.delivery.SubscriptionStats;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What tests and tools see of Pub/Sub beside its API. Topics and subscriptions go by their ids, in
 * the local cloud's project.
 */
public final class PubSubView {
  private final Broker broker;
  private final String project;

  PubSubView(Broker broker, String project) {
    this.broker = broker;
    this.project = project;
  }

  /**
   * The last messages that were published to a topic, oldest first, with ids and times: 10,000, and
   * no more than 16 MiB of them.
   */
  public List<PubsubMessage> published(String topicId) {
    return broker.topic(topicName(topicId)).published();
  }

  /** Forgets what {@link #published} answers. */
  public void forgetPublished(String topicId) {
    broker.topic(topicName(topicId)).forgetPublished();
  }

  /**
   * The last deliveries of a subscription that have ended, in the order of their ends. Of all
   * subscriptions together the last 10,000 are kept.
   */
  public List<DeliveryRecord> deliveries(String subscriptionId) {
    requireNonNull(subscriptionId, "subscriptionId is null");
    return broker.environment().log().items().stream()
        .filter(one -> one.subscription().equals(subscriptionId))
        .toList();
  }

  public SubscriptionStats stats(String subscriptionId) {
    return broker.subscription(ResourceNames.subscription(project, subscriptionId)).stats();
  }

  /** Of every subscription in the project, by id. */
  public SortedMap<String, SubscriptionStats> stats() {
    SortedMap<String, SubscriptionStats> stats = new TreeMap<>();
    broker
        .subscriptions("projects/" + project)
        .forEach(one -> stats.put(ResourceNames.id(one.name()), one.stats()));
    return stats;
  }

  /** The ids of the project's topics. */
  public List<String> topics() {
    return broker.topics("projects/" + project).stream()
        .map(topic -> ResourceNames.id(topic.name()))
        .sorted(Comparator.naturalOrder())
        .toList();
  }

  private String topicName(String topicId) {
    return ResourceNames.topic(project, requireNonNull(topicId, "topicId is null"));
  }
}
