package dev.in.emulator.pubsub.broker;

import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.Topic;
import dev.in.emulator.pubsub.delivery.LiveSubscription;
import dev.in.emulator.pubsub.delivery.Message;
import dev.in.emulator.pubsub.delivery.RingBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A topic at work: hands what is published to each of its subscriptions. */
public final class LiveTopic {
  private static final int REMEMBERED_MESSAGES = 10_000;
  private static final long REMEMBERED_BYTES = 16L * 1024 * 1024;

  private final List<LiveSubscription> subscriptions = new CopyOnWriteArrayList<>();
  private final RingBuffer<Message> published =
      new RingBuffer<>(REMEMBERED_MESSAGES, REMEMBERED_BYTES, Message::bytes);
  private final Topic config;

  LiveTopic(Topic config) {
    this.config = config;
  }

  public String name() {
    return config.getName();
  }

  public Topic config() {
    return config;
  }

  public List<LiveSubscription> subscriptions() {
    return subscriptions;
  }

  void publish(List<Message> messages) {
    messages.forEach(published::add);
    subscriptions.forEach(subscription -> subscription.enqueue(messages));
  }

  /** The last messages, oldest first. */
  public List<PubsubMessage> published() {
    return published.items().stream().map(Message::content).toList();
  }

  public void forgetPublished() {
    published.clear();
  }
}
