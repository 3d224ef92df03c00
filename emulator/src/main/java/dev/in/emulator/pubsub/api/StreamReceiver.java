package dev.in.emulator.pubsub.api;

import com.google.pubsub.v1.StreamingPullResponse;
import dev.in.emulator.pubsub.config.SubscriptionConfig;
import dev.in.emulator.pubsub.delivery.Delivery;
import dev.in.emulator.pubsub.delivery.LiveSubscription;
import dev.in.emulator.pubsub.delivery.Outcome;
import dev.in.emulator.pubsub.delivery.Receiver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The sending half of a StreamingPull: messages flow while the client has room for them. */
final class StreamReceiver implements Receiver {
  /** For clients that set no limit: what is sent and not acked stays in memory. */
  private static final long MAX_MESSAGES = 10_000;

  private static final long MAX_BYTES = 100L * 1024 * 1024;

  private final LiveSubscription subscription;
  private final long maxMessages;
  private final long maxBytes;
  private final StreamObserver<StreamingPullResponse> answer;
  private volatile Duration ackDeadline;
  private long messages;
  private long bytes;
  private boolean ended;

  /**
   * @param maxMessages the client's limit; zero or less sets none
   * @param maxBytes the client's limit; zero or less sets none
   */
  StreamReceiver(
      LiveSubscription subscription,
      long maxMessages,
      long maxBytes,
      Duration ackDeadline,
      StreamObserver<StreamingPullResponse> answer) {
    this.subscription = subscription;
    this.maxMessages = maxMessages > 0 ? Math.min(maxMessages, MAX_MESSAGES) : MAX_MESSAGES;
    this.maxBytes = maxBytes > 0 ? Math.min(maxBytes, MAX_BYTES) : MAX_BYTES;
    this.ackDeadline = ackDeadline;
    this.answer = answer;
  }

  LiveSubscription subscription() {
    return subscription;
  }

  void setAckDeadline(Duration deadline) {
    ackDeadline = deadline;
  }

  @Override
  public boolean wants(Instant now) {
    return messages < maxMessages && bytes < maxBytes;
  }

  @Override
  public Duration ackDeadline() {
    return ackDeadline;
  }

  @Override
  public void reserve(Delivery delivery) {
    messages++;
    bytes += delivery.message().bytes();
  }

  @Override
  public void release(Delivery delivery, Outcome how, Instant now) {
    messages--;
    bytes -= delivery.message().bytes();
  }

  @Override
  public void deliver(List<Delivery> deliveries) {
    StreamingPullResponse.Builder response = StreamingPullResponse.newBuilder();
    SubscriptionConfig config = subscription.config();
    deliveries.forEach(delivery -> response.addReceivedMessages(Received.of(delivery, config)));
    send(response.build());
  }

  /** An empty answer, by which the client sees that the stream is alive. */
  void beat() {
    send(StreamingPullResponse.getDefaultInstance());
  }

  private synchronized void send(StreamingPullResponse response) {
    if (!ended) {
      answer.onNext(response);
    }
  }

  @Override
  public synchronized void end(RuntimeException why) {
    if (!ended) {
      ended = true;
      answer.onError(why);
    }
  }

  /** The client has closed its half, or is gone. */
  synchronized void finish(boolean answerable) {
    if (!ended) {
      ended = true;
      if (answerable) {
        answer.onCompleted();
      }
    }
  }
}
