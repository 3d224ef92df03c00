package dev.in.emulator.pubsub;

import com.google.pubsub.v1.PushConfig;
import dev.in.emulator.LocalCloud;
import dev.in.emulator.LocalCloudOptions;
import dev.in.emulator.pubsub.config.ResourceNames;
import dev.in.emulator.pubsub.delivery.DeliveryRecord;
import dev.in.emulator.pubsub.delivery.SubscriptionStats;
import dev.in.emulator.time.TestingTimers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** An endpoint, a cloud whose time is moved by hand, and what tests of pushing ask them. */
abstract class PushFixture {
  static TestingTimers timers;
  static LocalCloud cloud;
  static PubSubClients clients;

  final PushEndpoint endpoint = new PushEndpoint(push -> 204);
  final String topic = clients.topic();

  @BeforeAll
  static void start() {
    timers = new TestingTimers();
    cloud = LocalCloud.start(LocalCloudOptions.builder().timers(timers).build());
    clients = new PubSubClients(cloud.host());
  }

  @AfterAll
  static void stop() {
    clients.close();
    cloud.close();
  }

  /** Lest what one test leaves wakes up in the next. */
  @AfterEach
  void cleanUp() {
    cloud
        .pubSub()
        .stats()
        .keySet()
        .forEach(
            id -> clients.subscriptions.deleteSubscription(PubSubClients.subscriptionName(id)));
    endpoint.close();
  }

  String subscribe() {
    return subscribe(endpoint.uri().toString());
  }

  String subscribe(String uri) {
    return clients.subscription(topic, s -> s.setPushConfig(config(uri)));
  }

  static PushConfig config(String uri) {
    return PushConfig.newBuilder().setPushEndpoint(uri).build();
  }

  SubscriptionStats stats(String subscription) {
    return cloud.pubSub().stats(ResourceNames.id(subscription));
  }

  List<DeliveryRecord> deliveries(String subscription) {
    return cloud.pubSub().deliveries(ResourceNames.id(subscription));
  }
}
