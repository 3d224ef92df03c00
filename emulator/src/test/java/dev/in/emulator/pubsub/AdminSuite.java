package dev.in.emulator.pubsub;

import static dev.in.emulator.pubsub.PubSubClients.PROJECT;
import static dev.in.emulator.pubsub.PubSubClients.subscriptionName;
import static dev.in.emulator.pubsub.PubSubClients.topicName;
import static dev.in.emulator.pubsub.PubSubClients.unique;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.gax.rpc.StatusCode.Code;
import com.google.cloud.pubsub.v1.TopicAdminClient.ListTopicsPage;
import com.google.protobuf.util.Durations;
import com.google.pubsub.v1.ListTopicsRequest;
import com.google.pubsub.v1.ProjectName;
import com.google.pubsub.v1.PushConfig;
import com.google.pubsub.v1.RetryPolicy;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Topics and subscriptions come, change and go. */
abstract class AdminSuite extends Suite {

  @Test
  void aTopicIsCreatedReadListedAndDeleted() {
    String topic = clients.topic();
    assertThat(clients.topics.getTopic(topic).getName()).isEqualTo(topic);
    assertThat(clients.topics.listTopics(ProjectName.of(PROJECT)).iterateAll())
        .extracting(Topic::getName)
        .contains(topic);

    clients.topics.deleteTopic(topic);

    assertRefused(Code.NOT_FOUND, () -> clients.topics.getTopic(topic));
    assertRefused(Code.NOT_FOUND, () -> clients.topics.deleteTopic(topic));
  }

  @Test
  void aNameIsTakenOnce() {
    String topic = clients.topic();
    String subscription = clients.subscription(topic);
    assertRefused(Code.ALREADY_EXISTS, () -> clients.topics.createTopic(topic));
    assertRefused(
        Code.ALREADY_EXISTS, () -> clients.subscription(topic, s -> s.setName(subscription)));
  }

  @Test
  void aNameMustBeOne() {
    assertRefused(Code.INVALID_ARGUMENT, () -> clients.topics.createTopic(topicName("1topic")));
    assertRefused(Code.INVALID_ARGUMENT, () -> clients.topics.createTopic(topicName("goog-topic")));
    assertRefused(Code.INVALID_ARGUMENT, () -> clients.topics.createTopic("topics/abc"));
  }

  @Test
  void listsComeInPages() {
    Set<String> made = Set.of(clients.topic(), clients.topic(), clients.topic());
    Set<String> listed = new HashSet<>();
    ListTopicsPage page =
        clients
            .topics
            .listTopics(
                ListTopicsRequest.newBuilder()
                    .setProject("projects/" + PROJECT)
                    .setPageSize(2)
                    .build())
            .getPage();
    while (page != null) {
      assertThat(page.getPageElementCount()).isLessThanOrEqualTo(2);
      page.getValues().forEach(topic -> listed.add(topic.getName()));
      page = page.getNextPage();
    }
    assertThat(listed).containsAll(made);
  }

  @Test
  void aSubscriptionShowsItsSettingsWithTheDefaultsFilledIn() {
    String topic = clients.topic();
    String name =
        clients.subscription(
            topic,
            s ->
                s.setAckDeadlineSeconds(0)
                    .setRetryPolicy(
                        RetryPolicy.newBuilder().setMinimumBackoff(Durations.fromSeconds(1))));
    Subscription shown = clients.subscriptions.getSubscription(name);
    assertThat(shown.getTopic()).isEqualTo(topic);
    assertThat(shown.getAckDeadlineSeconds()).isEqualTo(10);
    assertThat(shown.getMessageRetentionDuration()).isEqualTo(Durations.fromDays(7));
    assertThat(shown.getRetryPolicy().getMinimumBackoff()).isEqualTo(Durations.fromSeconds(1));
    assertThat(shown.getRetryPolicy().getMaximumBackoff()).isEqualTo(Durations.fromSeconds(600));
    assertThat(clients.topics.listTopicSubscriptions(topic).iterateAll()).containsExactly(name);
  }

  @Test
  void aSubscriptionNeedsATopicThatIsThere() {
    assertRefused(Code.NOT_FOUND, () -> clients.subscription(topicName(unique("none"))));
  }

  @Test
  void aSubscriptionThatIsGoneIsNotFound() {
    String subscription = clients.subscription(clients.topic());
    clients.subscriptions.deleteSubscription(subscription);
    assertRefused(Code.NOT_FOUND, () -> clients.subscriptions.getSubscription(subscription));
    assertRefused(Code.NOT_FOUND, () -> clients.pullNow(subscription));
    assertRefused(
        Code.NOT_FOUND, () -> clients.subscriptions.acknowledge(subscription, List.of("x")));
  }

  @Test
  void aSubscriptionOutlivesItsTopicAndKeepsItsMessages() {
    String topic = clients.topic();
    String subscription = clients.subscription(topic);
    clients.publish(topic, "left behind");
    clients.topics.deleteTopic(topic);
    assertThat(clients.subscriptions.getSubscription(subscription).getTopic())
        .isEqualTo("_deleted-topic_");
    assertThat(PubSubClients.texts(clients.pull(subscription, 1))).containsExactly("left behind");
  }

  @Test
  void limitsOfASubscriptionAreHeld() {
    assume(backend().features().limits(), "limits");
    String topic = clients.topic();
    assertRefused(
        Code.INVALID_ARGUMENT, () -> clients.subscription(topic, s -> s.setAckDeadlineSeconds(9)));
    assertRefused(
        Code.INVALID_ARGUMENT,
        () -> clients.subscription(topic, s -> s.setAckDeadlineSeconds(601)));
    assertRefused(
        Code.INVALID_ARGUMENT,
        () ->
            clients.subscription(
                topic, s -> s.setMessageRetentionDuration(Durations.fromMinutes(9))));
    assertRefused(
        Code.INVALID_ARGUMENT,
        () ->
            clients.subscription(
                topic, s -> s.setMessageRetentionDuration(Durations.fromDays(32))));
    assertRefused(
        Code.INVALID_ARGUMENT,
        () ->
            clients.subscription(
                topic,
                s ->
                    s.setRetryPolicy(
                        RetryPolicy.newBuilder().setMaximumBackoff(Durations.fromSeconds(601)))));
  }

  @Test
  void aPushConfigIsSetAndTakenAway() {
    String name = clients.subscription(clients.topic());
    clients.subscriptions.modifyPushConfig(
        name, PushConfig.newBuilder().setPushEndpoint("http://localhost:9/push").build());
    assertThat(clients.subscriptions.getSubscription(name).getPushConfig().getPushEndpoint())
        .isEqualTo("http://localhost:9/push");
    clients.subscriptions.modifyPushConfig(name, PushConfig.getDefaultInstance());
    assertThat(clients.subscriptions.getSubscription(name).getPushConfig().getPushEndpoint())
        .isEmpty();
    assertThat(clients.pullNow(name)).isEmpty();
  }

  @Test
  void aSubscriptionsNameMustBeOne() {
    String topic = clients.topic();
    assertRefused(
        Code.INVALID_ARGUMENT,
        () -> clients.subscription(topic, s -> s.setName(subscriptionName("x"))));
  }
}
