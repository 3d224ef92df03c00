package dev.in.emulator.pubsub.api;

import static dev.in.emulator.pubsub.config.Checks.check;
import static dev.in.emulator.pubsub.config.Checks.supported;

import com.google.pubsub.v1.StreamingPullRequest;
import com.google.pubsub.v1.StreamingPullResponse;
import dev.in.emulator.pubsub.broker.Broker;
import dev.in.emulator.pubsub.delivery.LiveSubscription;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Optional;

/** One StreamingPull call: reads what the client sends. */
final class StreamingPullSession implements StreamObserver<StreamingPullRequest> {
  private static final int MIN_DEADLINE_SECONDS = 10;
  private static final int MAX_DEADLINE_SECONDS = 600;

  private final Broker broker;
  private final ServerCallStreamObserver<StreamingPullResponse> answer;
  private Optional<StreamReceiver> receiver = Optional.empty();
  private long protocolVersion;

  StreamingPullSession(Broker broker, ServerCallStreamObserver<StreamingPullResponse> answer) {
    this.broker = broker;
    this.answer = answer;
    answer.setOnCancelHandler(() -> leave(false));
  }

  @Override
  public synchronized void onNext(StreamingPullRequest request) {
    try {
      if (receiver.isEmpty()) {
        open(request);
      } else {
        requireNoOpening(request);
      }
      handle(request, receiver.orElseThrow());
    } catch (RuntimeException refused) {
      fail(refused);
    }
  }

  private void open(StreamingPullRequest first) {
    check(!first.getSubscription().isEmpty(), "The first request must name a subscription");
    LiveSubscription subscription = broker.subscription(first.getSubscription());
    StreamReceiver opened =
        new StreamReceiver(
            subscription,
            first.getMaxOutstandingMessages(),
            first.getMaxOutstandingBytes(),
            deadline(first.getStreamAckDeadlineSeconds()),
            answer);
    protocolVersion = first.getProtocolVersion();
    receiver = Optional.of(opened);
    subscription.attach(opened);
  }

  private static void requireNoOpening(StreamingPullRequest later) {
    check(
        later.getSubscription().isEmpty()
            && later.getMaxOutstandingMessages() == 0
            && later.getMaxOutstandingBytes() == 0
            && later.getProtocolVersion() == 0,
        "Only the first request may name a subscription, flow control or a protocol version");
  }

  private void handle(StreamingPullRequest request, StreamReceiver stream) {
    if (request.getStreamAckDeadlineSeconds() != 0) {
      stream.setAckDeadline(deadline(request.getStreamAckDeadlineSeconds()));
    }
    // Google's clients send both in calls of their own.
    supported(request.getAckIdsCount() == 0, "acks in a stream");
    supported(request.getModifyDeadlineAckIdsCount() == 0, "deadlines of messages in a stream");
    // From version 1 on the client watches for answers to its pings.
    if (protocolVersion >= 1) {
      stream.beat();
    }
  }

  private static Duration deadline(int seconds) {
    check(
        seconds >= MIN_DEADLINE_SECONDS && seconds <= MAX_DEADLINE_SECONDS,
        "stream_ack_deadline_seconds must be between 10 and 600, not " + seconds);
    return Duration.ofSeconds(seconds);
  }

  private void fail(RuntimeException why) {
    if (receiver.isPresent()) {
      receiver.get().subscription().detach(receiver.get());
      receiver.get().end(why);
    } else {
      answer.onError(why);
    }
  }

  @Override
  public void onError(Throwable gone) {
    leave(false);
  }

  @Override
  public void onCompleted() {
    leave(true);
  }

  private void leave(boolean answerable) {
    receiver.ifPresent(
        stream -> {
          stream.subscription().detach(stream);
          stream.finish(answerable);
        });
  }
}
