package dev.in.emulator.pubsub.api;

import com.google.pubsub.v1.PullResponse;
import dev.in.emulator.pubsub.delivery.Delivery;
import dev.in.emulator.pubsub.delivery.LiveSubscription;
import dev.in.emulator.pubsub.delivery.Outcome;
import dev.in.emulator.pubsub.delivery.Receiver;
import dev.in.emulator.time.Timers.Timer;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** One call of Pull: takes what is there at once, or waits for the first message. */
final class PullReceiver implements Receiver {
  private final LiveSubscription subscription;
  private final int most;
  private final StreamObserver<PullResponse> answer;
  private int taken;

  PullReceiver(LiveSubscription subscription, int most, StreamObserver<PullResponse> answer) {
    this.subscription = subscription;
    this.most = most;
    this.answer = answer;
  }

  @Override
  public boolean wants(Instant now) {
    return taken < most;
  }

  /** One turn's messages are the answer. */
  @Override
  public boolean isDone() {
    return taken > 0;
  }

  @Override
  public Duration ackDeadline() {
    return subscription.config().ackDeadline();
  }

  @Override
  public void reserve(Delivery delivery) {
    taken++;
  }

  @Override
  public void release(Delivery delivery, Outcome how, Instant now) {}

  @Override
  public void deliver(List<Delivery> deliveries) {
    PullResponse.Builder response = PullResponse.newBuilder();
    deliveries.forEach(
        delivery -> response.addReceivedMessages(Received.of(delivery, subscription.config())));
    answer.onNext(response.build());
    answer.onCompleted();
  }

  /** Answers that nothing came, unless something is on its way. */
  void giveUp() {
    if (subscription.detach(this)) {
      deliver(List.of());
    }
  }

  /** The caller has gone. */
  void abandon(Timer timer) {
    timer.cancel();
    subscription.detach(this);
  }

  @Override
  public void end(RuntimeException why) {
    answer.onError(why);
  }
}
