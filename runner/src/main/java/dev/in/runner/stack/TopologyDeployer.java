package dev.in.runner.stack;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.in.runner.process.StackFailure;
import dev.in.topology.Topology;
import dev.in.topology.Topology.Subscription;
import dev.in.topology.Topology.Topic;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Makes the topology's topics and subscriptions at Pub/Sub, and points them to functions. */
final class TopologyDeployer implements PushEndpoints {
  private final PubSubAdmin pubSub;
  private final Topology topology;
  private final List<Subscription> subscriptions;

  /**
   * @param subscriptions those of the topology that are made
   */
  TopologyDeployer(PubSubAdmin pubSub, Topology topology, List<Subscription> subscriptions) {
    this.pubSub = requireNonNull(pubSub, "pubSub is null");
    this.topology = requireNonNull(topology, "topology is null");
    this.subscriptions = List.copyOf(subscriptions);
  }

  /** Makes what is not there yet. Nothing is pushed to anyone yet. */
  void deploy() throws StackFailure, InterruptedException {
    for (Topic topic : topology.topics().values()) {
      pubSub.create(topic(topic.name()), object());
    }
    for (Subscription subscription : subscriptions) {
      pubSub.create(subscription(subscription.name()), settings(subscription));
    }
  }

  @Override
  public void connect(String function, URI endpoint) throws StackFailure, InterruptedException {
    ObjectNode body = object();
    body.putObject("pushConfig")
        .put("pushEndpoint", endpoint.toString())
        .putObject("oidcToken")
        .put("serviceAccountEmail", LocalNames.PUSH_ACCOUNT)
        .put("audience", LocalNames.PUSH_AUDIENCE.of(function));
    for (Subscription subscription : subscriptions) {
      if (subscription.function().filter(function::equals).isPresent()) {
        pubSub.call(subscription(subscription.name()) + ":modifyPushConfig", body);
      }
    }
  }

  private static ObjectNode settings(Subscription subscription) {
    ObjectNode settings =
        object()
            .put("topic", topic(subscription.topic()))
            .put("ackDeadlineSeconds", subscription.ackDeadline().toSeconds())
            .put("messageRetentionDuration", seconds(subscription.retention()));
    settings
        .putObject("retryPolicy")
        .put("minimumBackoff", seconds(subscription.backoff().minimum()))
        .put("maximumBackoff", seconds(subscription.backoff().maximum()));
    // Without any content it means never; left out, a subscription goes after 31 idle days.
    settings.putObject("expirationPolicy");
    subscription.filter().ifPresent(filter -> settings.put("filter", filter));
    subscription
        .deadLetter()
        .ifPresent(
            deadLetter ->
                settings
                    .putObject("deadLetterPolicy")
                    .put("deadLetterTopic", topic(deadLetter.topic()))
                    .put("maxDeliveryAttempts", deadLetter.maxDeliveryAttempts()));
    return settings;
  }

  private static String topic(String name) {
    return "projects/" + LocalNames.PROJECT + "/topics/" + name;
  }

  private static String subscription(String name) {
    return "projects/" + LocalNames.PROJECT + "/subscriptions/" + name;
  }

  private static String seconds(Duration duration) {
    return duration.toSeconds() + "s";
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
