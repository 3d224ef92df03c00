package dev.in.emulator.pubsub;

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
import io.grpc.stub.StreamObserver;
import java.util.List;

/** {@code google.pubsub.v1.Publisher}; what is not here answers UNIMPLEMENTED. */
final class PublisherService extends PublisherImplBase {
  private final PubSub pubSub;

  PublisherService(PubSub pubSub) {
    this.pubSub = pubSub;
  }

  @Override
  public void createTopic(Topic request, StreamObserver<Topic> answer) {
    Answers.with(answer, () -> pubSub.createTopic(request));
  }

  @Override
  public void publish(PublishRequest request, StreamObserver<PublishResponse> answer) {
    Answers.with(answer, () -> pubSub.publish(request));
  }

  @Override
  public void getTopic(GetTopicRequest request, StreamObserver<Topic> answer) {
    Answers.with(answer, () -> pubSub.topic(request.getTopic()).config());
  }

  @Override
  public void listTopics(ListTopicsRequest request, StreamObserver<ListTopicsResponse> answer) {
    Answers.with(
        answer,
        () -> {
          Pages.Page<Topic> page =
              Pages.of(
                  pubSub.topics(request.getProject()).stream().map(LiveTopic::config).toList(),
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
    Answers.with(
        answer,
        () -> {
          List<String> names =
              pubSub.topic(request.getTopic()).subscriptions().stream()
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
    Answers.with(
        answer,
        () -> {
          pubSub.deleteTopic(request.getTopic());
          return Empty.getDefaultInstance();
        });
  }
}
