package dev.in.emulator.pubsub.api;

import com.google.protobuf.Empty;
import com.google.pubsub.v1.DeleteTopicRequest;
import com.google.pubsub.v1.GetTopicRequest;
import com.google.pubsub.v1.ListTopicSubscriptionsRequest;
import com.google.pubsub.v1.ListTopicSubscriptionsResponse;
import com.google.pubsub.v1.ListTopicsRequest;
import com.google.pubsub.v1.ListTopicsResponse;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublishResponse;
import com.google.pubsub.v1.PublisherGrpc.PublisherImplBase;
import com.google.pubsub.v1.Topic;
import dev.in.emulator.pubsub.broker.Broker;
import dev.in.emulator.pubsub.broker.LiveTopic;
import dev.in.emulator.pubsub.delivery.LiveSubscription;
import io.grpc.stub.StreamObserver;
import java.util.List;

/** {@code google.pubsub.v1.Publisher}; what is not here answers UNIMPLEMENTED. */
public final class PublisherService extends PublisherImplBase {
  private final Broker broker;

  public PublisherService(Broker broker) {
    this.broker = broker;
  }

  @Override
  public void createTopic(Topic request, StreamObserver<Topic> answer) {
    Responses.with(answer, () -> broker.createTopic(request));
  }

  @Override
  public void publish(PublishRequest request, StreamObserver<PublishResponse> answer) {
    Responses.with(answer, () -> broker.publish(request));
  }

  @Override
  public void getTopic(GetTopicRequest request, StreamObserver<Topic> answer) {
    Responses.with(answer, () -> broker.topic(request.getTopic()).config());
  }

  @Override
  public void listTopics(ListTopicsRequest request, StreamObserver<ListTopicsResponse> answer) {
    Responses.with(
        answer,
        () -> {
          Pages.Page<Topic> page =
              Pages.of(
                  broker.topics(request.getProject()).stream().map(LiveTopic::config).toList(),
                  Topic::getName,
                  request.getPageSize(),
                  request.getPageToken());
          return ListTopicsResponse.newBuilder()
              .addAllTopics(page.items())
              .setNextPageToken(page.token())
              .build();
        });
  }

  @Override
  public void listTopicSubscriptions(
      ListTopicSubscriptionsRequest request,
      StreamObserver<ListTopicSubscriptionsResponse> answer) {
    Responses.with(
        answer,
        () -> {
          List<String> names =
              broker.topic(request.getTopic()).subscriptions().stream()
                  .map(LiveSubscription::name)
                  .sorted()
                  .toList();
          Pages.Page<String> page =
              Pages.of(names, name -> name, request.getPageSize(), request.getPageToken());
          return ListTopicSubscriptionsResponse.newBuilder()
              .addAllSubscriptions(page.items())
              .setNextPageToken(page.token())
              .build();
        });
  }

  @Override
  public void deleteTopic(DeleteTopicRequest request, StreamObserver<Empty> answer) {
    Responses.with(
        answer,
        () -> {
          broker.deleteTopic(request.getTopic());
          return Empty.getDefaultInstance();
        });
  }
}
