package dev.in.emulator.pubsub.api;

import static dev.in.emulator.pubsub.config.Checks.check;
import static dev.in.emulator.pubsub.config.Checks.supported;

import com.google.protobuf.Empty;
import com.google.pubsub.v1.AcknowledgeRequest;
import com.google.pubsub.v1.DeleteSubscriptionRequest;
import com.google.pubsub.v1.GetSubscriptionRequest;
import com.google.pubsub.v1.ListSubscriptionsRequest;
import com.google.pubsub.v1.ListSubscriptionsResponse;
import com.google.pubsub.v1.ModifyAckDeadlineRequest;
import com.google.pubsub.v1.ModifyPushConfigRequest;
import com.google.pubsub.v1.PullRequest;
import com.google.pubsub.v1.PullResponse;
import com.google.pubsub.v1.SeekRequest;
import com.google.pubsub.v1.SeekResponse;
import com.google.pubsub.v1.StreamingPullRequest;
import com.google.pubsub.v1.StreamingPullResponse;
import com.google.pubsub.v1.SubscriberGrpc.SubscriberImplBase;
import com.google.pubsub.v1.Subscription;
import dev.in.emulator.pubsub.broker.Broker;
import dev.in.emulator.pubsub.delivery.LiveSubscription;
import dev.in.emulator.time.Timers.Timer;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;

/** {@code google.pubsub.v1.Subscriber}; what is not here (snapshots) answers UNIMPLEMENTED. */
public final class SubscriberService extends SubscriberImplBase {
  /** How long a pull waits for a first message; Google promises "a bounded time". */
  private static final Duration PULL_WAIT = Duration.ofSeconds(5);

  private static final int MAX_ACK_DEADLINE_SECONDS = 600;

  private final Broker broker;

  public SubscriberService(Broker broker) {
    this.broker = broker;
  }

  @Override
  public void createSubscription(Subscription request, StreamObserver<Subscription> answer) {
    Responses.with(answer, () -> broker.createSubscription(request));
  }

  @Override
  public void getSubscription(GetSubscriptionRequest request, StreamObserver<Subscription> answer) {
    Responses.with(answer, () -> broker.shown(broker.subscription(request.getSubscription())));
  }

  @Override
  public void modifyPushConfig(ModifyPushConfigRequest request, StreamObserver<Empty> answer) {
    answerEmpty(
        answer, () -> broker.modifyPushConfig(request.getSubscription(), request.getPushConfig()));
  }

  @Override
  public void listSubscriptions(
      ListSubscriptionsRequest request, StreamObserver<ListSubscriptionsResponse> answer) {
    Responses.with(
        answer,
        () -> {
          Pages.Page<Subscription> page =
              Pages.of(
                  broker.subscriptions(request.getProject()).stream().map(broker::shown).toList(),
                  Subscription::getName,
                  request.getPageSize(),
                  request.getPageToken());
          return ListSubscriptionsResponse.newBuilder()
              .addAllSubscriptions(page.items())
              .setNextPageToken(page.token())
              .build();
        });
  }

  @Override
  public void deleteSubscription(DeleteSubscriptionRequest request, StreamObserver<Empty> answer) {
    answerEmpty(answer, () -> broker.deleteSubscription(request.getSubscription()));
  }

  @Override
  public void pull(PullRequest request, StreamObserver<PullResponse> answer) {
    PullReceiver waiter;
    try {
      check(request.getMaxMessages() > 0, "max_messages must be positive");
      LiveSubscription subscription = broker.subscription(request.getSubscription());
      waiter = new PullReceiver(subscription, request.getMaxMessages(), answer);
      subscription.attach(waiter);
    } catch (RuntimeException refused) {
      answer.onError(refused);
      return;
    }
    if (isImmediate(request)) {
      waiter.giveUp();
      return;
    }
    Timer timer = broker.environment().timers().after(PULL_WAIT, waiter::giveUp);
    if (answer instanceof ServerCallStreamObserver<PullResponse> call) {
      call.setOnCancelHandler(() -> waiter.abandon(timer));
    }
  }

  @SuppressWarnings("deprecation") // Deprecated, and still what some clients send.
  private static boolean isImmediate(PullRequest request) {
    return request.getReturnImmediately();
  }

  @Override
  public StreamObserver<StreamingPullRequest> streamingPull(
      StreamObserver<StreamingPullResponse> answer) {
    return new StreamingPullSession(
        broker, (ServerCallStreamObserver<StreamingPullResponse>) answer);
  }

  @Override
  public void acknowledge(AcknowledgeRequest request, StreamObserver<Empty> answer) {
    answerEmpty(
        answer,
        () -> {
          checkIds(request.getAckIdsList());
          broker
              .subscription(request.getSubscription())
              .ack(request.getAckIdsList(), OptionalInt.empty());
        });
  }

  @Override
  public void modifyAckDeadline(ModifyAckDeadlineRequest request, StreamObserver<Empty> answer) {
    answerEmpty(
        answer,
        () -> {
          checkIds(request.getAckIdsList());
          modifyAckDeadline(
              broker.subscription(request.getSubscription()),
              request.getAckIdsList(),
              request.getAckDeadlineSeconds());
        });
  }

  /** Zero seconds is a nack. */
  private static void modifyAckDeadline(
      LiveSubscription subscription, List<String> ackIds, int seconds) {
    check(
        seconds >= 0 && seconds <= MAX_ACK_DEADLINE_SECONDS,
        "ack_deadline_seconds must be between 0 and 600, not " + seconds);
    if (seconds == 0) {
      subscription.nack(ackIds, OptionalInt.empty());
    } else {
      subscription.extend(ackIds, Duration.ofSeconds(seconds));
    }
  }

  private static void checkIds(List<String> ackIds) {
    check(!ackIds.isEmpty(), "The request has no ack_ids");
  }

  @Override
  public void seek(SeekRequest request, StreamObserver<SeekResponse> answer) {
    Responses.with(
        answer,
        () -> {
          supported(request.getSnapshot().isEmpty(), "snapshots");
          check(request.hasTime(), "The request has no time to seek to");
          broker
              .subscription(request.getSubscription())
              .seek(
                  Instant.ofEpochSecond(
                      request.getTime().getSeconds(), request.getTime().getNanos()));
          return SeekResponse.getDefaultInstance();
        });
  }

  private static void answerEmpty(StreamObserver<Empty> answer, Runnable call) {
    Responses.with(
        answer,
        () -> {
          call.run();
          return Empty.getDefaultInstance();
        });
  }
}
