package dev.in.emulator.pubsub.broker;

import static java.util.Objects.requireNonNull;

import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublishResponse;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.PushConfig;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import dev.in.emulator.pubsub.config.Errors;
import dev.in.emulator.pubsub.config.ResourceNames;
import dev.in.emulator.pubsub.config.SubscriptionConfig;
import dev.in.emulator.pubsub.config.TimeScale;
import dev.in.emulator.pubsub.config.TopicConfig;
import dev.in.emulator.pubsub.delivery.Billing;
import dev.in.emulator.pubsub.delivery.Environment;
import dev.in.emulator.pubsub.delivery.LiveSubscription;
import dev.in.emulator.pubsub.delivery.Message;
import io.grpc.Status;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Topics and subscriptions, and what moves between them. Errors are gRPC statuses, thrown as {@link
 * io.grpc.StatusRuntimeException}; names are full ones.
 */
public final class Broker implements AutoCloseable {
  /** Long and rising like Google's. */
  private static final long FIRST_MESSAGE_ID = 10_000_000_000L;

  private final TimeScale scale;
  private final Environment environment;
  private final SortedMap<String, LiveTopic> topics = new ConcurrentSkipListMap<>();
  private final SortedMap<String, LiveSubscription> subscriptions = new ConcurrentSkipListMap<>();
  private final AtomicLong nextMessageId = new AtomicLong(FIRST_MESSAGE_ID);
  private long nextSubscriptionNumber = 1;

  public Broker(TimeScale scale, Environment environment) {
    this.scale = requireNonNull(scale, "scale is null");
    this.environment = requireNonNull(environment, "environment is null");
  }

  public Environment environment() {
    return environment;
  }

  public synchronized Topic createTopic(Topic wanted) {
    String name = ResourceNames.checkedTopic(wanted.getName());
    Topic config = TopicConfig.checked(wanted);
    if (topics.containsKey(name)) {
      throw Errors.alreadyExists(name);
    }
    topics.put(name, new LiveTopic(config));
    return config;
  }

  public LiveTopic topic(String name) {
    LiveTopic topic = topics.get(ResourceNames.checkedTopic(name));
    if (topic == null) {
      throw Errors.notFound(name);
    }
    return topic;
  }

  /** Its subscriptions stay, without a topic. */
  public synchronized void deleteTopic(String name) {
    topic(name);
    topics.remove(name);
  }

  public List<LiveTopic> topics(String project) {
    String prefix = ResourceNames.checkedProject(project) + "/";
    return topics.values().stream().filter(topic -> topic.name().startsWith(prefix)).toList();
  }

  public PublishResponse publish(PublishRequest request) {
    LiveTopic topic = topic(request.getTopic());
    PublishChecks.check(request);
    List<Message> messages = publish(topic, request.getMessagesList());
    return PublishResponse.newBuilder()
        .addAllMessageIds(messages.stream().map(Message::id).toList())
        .build();
  }

  private List<Message> publish(LiveTopic topic, List<PubsubMessage> sent) {
    Instant now = environment.now();
    List<Message> messages =
        sent.stream()
            .map(
                one -> Message.published(one, String.valueOf(nextMessageId.getAndIncrement()), now))
            .toList();
    long bytes = messages.stream().mapToLong(Message::bytes).sum();
    environment.memory().requireRoomFor(bytes * topic.subscriptions().size());
    environment.counters().add(Billing.PUBLISHED, messages.size());
    environment
        .counters()
        .add(Billing.PUBLISHED + "." + ResourceNames.id(topic.name()), messages.size());
    environment.counters().add(Billing.BYTES_PUBLISHED, Billing.billed(bytes));
    topic.publish(messages);
    return messages;
  }

  private boolean forward(String topic, PubsubMessage message) {
    LiveTopic target = topics.get(topic);
    if (target != null) {
      publish(target, List.of(message));
    }
    return target != null;
  }

  public synchronized Subscription createSubscription(Subscription wanted) {
    String name = ResourceNames.checkedSubscription(wanted.getName());
    SubscriptionConfig config = SubscriptionConfig.of(wanted, scale);
    if (subscriptions.containsKey(name)) {
      throw Errors.alreadyExists(name);
    }
    LiveTopic topic = topic(wanted.getTopic());
    config.deadLetter().ifPresent(policy -> topic(policy.getDeadLetterTopic()));
    LiveSubscription created =
        new LiveSubscription(config, environment, this::forward, nextSubscriptionNumber++);
    subscriptions.put(name, created);
    topic.subscriptions().add(created);
    return config.shown();
  }

  public LiveSubscription subscription(String name) {
    LiveSubscription subscription = subscriptions.get(ResourceNames.checkedSubscription(name));
    if (subscription == null) {
      throw Errors.notFound(name);
    }
    return subscription;
  }

  public synchronized void modifyPushConfig(String name, PushConfig push) {
    LiveSubscription subscription = subscription(name);
    Subscription next = subscription.config().shown().toBuilder().setPushConfig(push).build();
    subscription.update(SubscriptionConfig.of(next, scale));
  }

  public synchronized void deleteSubscription(String name) {
    LiveSubscription subscription = subscription(name);
    subscriptions.remove(name);
    topics.values().forEach(topic -> topic.subscriptions().remove(subscription));
    subscription.close(Errors.notFound(name).getStatus());
  }

  public List<LiveSubscription> subscriptions(String project) {
    String prefix = ResourceNames.checkedProject(project) + "/";
    return subscriptions.values().stream()
        .filter(subscription -> subscription.name().startsWith(prefix))
        .toList();
  }

  /** A subscription's settings as the API answers them. */
  public Subscription shown(LiveSubscription subscription) {
    Subscription shown = subscription.config().shown();
    boolean orphan =
        topics.values().stream().noneMatch(topic -> topic.subscriptions().contains(subscription));
    return orphan ? shown.toBuilder().setTopic(ResourceNames.DELETED_TOPIC).build() : shown;
  }

  Map<String, LiveSubscription> allSubscriptions() {
    return Map.copyOf(subscriptions);
  }

  Map<String, LiveTopic> allTopics() {
    return Map.copyOf(topics);
  }

  @Override
  public synchronized void close() {
    subscriptions.values().forEach(one -> one.close(Status.UNAVAILABLE));
    subscriptions.clear();
  }
}
