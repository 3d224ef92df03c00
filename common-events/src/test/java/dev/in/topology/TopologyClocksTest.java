package dev.in.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.in.topology.Topology.Clocks;
import dev.in.topology.Topology.Subscription;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The packed topology's clocks are in order. */
class TopologyClocksTest {
  private static final Topology TOPOLOGY = Topology.load();
  private static final Clocks CLOCKS = TOPOLOGY.clocks();

  static Stream<Subscription> subscriptions() {
    return TOPOLOGY.subscriptions().values().stream();
  }

  @Test
  void workEndsBeforeItsLeaseAndTheLeaseBeforeTheRequestAndTheRequestBeforeRedelivery() {
    assertThat(CLOCKS.workBudget()).isLessThanOrEqualTo(CLOCKS.lease());
    assertThat(CLOCKS.lease()).isLessThan(CLOCKS.requestTimeout());
    assertThat(CLOCKS.requestTimeout()).isLessThanOrEqualTo(CLOCKS.ackDeadline());
    assertThat(subscriptions())
        .allSatisfy(
            subscription ->
                assertThat(CLOCKS.requestTimeout())
                    .isLessThanOrEqualTo(subscription.ackDeadline()));
  }

  @Test
  void theClocksOfTheChainAreTheseByDesign() {
    assertThat(CLOCKS.workBudget()).isEqualTo(Duration.ofSeconds(60));
    assertThat(CLOCKS.lease()).isEqualTo(Duration.ofSeconds(90));
    assertThat(CLOCKS.requestTimeout()).isEqualTo(Duration.ofSeconds(120));
    assertThat(CLOCKS.ackDeadline()).isEqualTo(Duration.ofSeconds(150));
    assertThat(CLOCKS.backoff())
        .isEqualTo(new Topology.Backoff(Duration.ofSeconds(1), Duration.ofSeconds(300)));
    assertThat(CLOCKS.taskDeadline()).isEqualTo(Duration.ofHours(6));
  }

  /** Otherwise an outage of hours dead-letters tasks that still have time. */
  @Test
  void aMessageIsRetriedForLongerThanItsTaskMayTake() {
    assertThat(subscriptions())
        .filteredOn(subscription -> subscription.deadLetter().isPresent())
        .isNotEmpty()
        .allSatisfy(
            subscription ->
                assertThat(retriesOf(subscription)).isGreaterThan(CLOCKS.taskDeadline()));
  }

  /** The delays between all deliveries that Pub/Sub makes before it dead-letters a message. */
  private static Duration retriesOf(Subscription subscription) {
    Duration sum = Duration.ZERO;
    Duration delay = subscription.backoff().minimum();
    for (int i = 1; i < subscription.deadLetter().orElseThrow().maxDeliveryAttempts(); i++) {
      sum = sum.plus(delay);
      Duration doubled = delay.multipliedBy(2);
      Duration maximum = subscription.backoff().maximum();
      delay = doubled.compareTo(maximum) < 0 ? doubled : maximum;
    }
    return sum;
  }

  @Test
  void bugsAreCalledByTheirNameBeforeTheDeadline() {
    assertThat(CLOCKS.internalAfter()).isEqualTo(Duration.ofMinutes(15));
    assertThat(CLOCKS.internalAfter()).isLessThan(CLOCKS.taskDeadline());
  }

  @Test
  void theEdgeCallsATaskOverdueOnlyAfterGoogleCloudHasGivenItUp() {
    assertThat(CLOCKS.taskDeadline()).isLessThan(CLOCKS.overdueAfter());
  }

  @Test
  void aTaskDiesBeforeItsMessagesAreForgotten() {
    assertThat(CLOCKS.taskDeadline()).isLessThan(CLOCKS.retention());
  }

  @ParameterizedTest
  @MethodSource("subscriptions")
  void aDocumentOutlivesEveryMessageAboutIt(Subscription subscription) {
    assertThat(subscription.retention()).isLessThan(CLOCKS.documentTtl());
  }

  /** What a task's document says of an event must be readable when it is kept. */
  @Test
  void theHistoryOutlivesTheDocuments() {
    assertThat(CLOCKS.historyTtl()).isGreaterThan(CLOCKS.documentTtl());
  }

  /** A dead letter has waited in its own subscription before it waits in the dead letters'. */
  @Test
  void aDocumentOutlivesTheLongestWayOfAMessage() {
    Duration deadLetters =
        subscriptions()
            .filter(subscription -> subscription.topic().equals(TOPOLOGY.deadLetter().topic()))
            .map(Subscription::retention)
            .max(Duration::compareTo)
            .orElseThrow();
    assertThat(subscriptions())
        .filteredOn(subscription -> subscription.deadLetter().isPresent())
        .allSatisfy(
            subscription ->
                assertThat(CLOCKS.taskDeadline().plus(subscription.retention()).plus(deadLetters))
                    .isLessThan(CLOCKS.documentTtl()));
  }

  /** Pub/Sub: deadline 10–600 s, retention 10 min–31 d, backoff 0–600 s each. */
  @ParameterizedTest
  @MethodSource("subscriptions")
  void theClocksAreOnesThatPubSubTakes(Subscription subscription) {
    assertThat(subscription.ackDeadline())
        .isBetween(Duration.ofSeconds(10), Duration.ofSeconds(600));
    assertThat(subscription.retention()).isBetween(Duration.ofMinutes(10), Duration.ofDays(31));
    assertThat(subscription.backoff().minimum())
        .isLessThanOrEqualTo(subscription.backoff().maximum());
    assertThat(subscription.backoff().maximum()).isLessThanOrEqualTo(Duration.ofSeconds(600));
  }

  @Test
  void syncWaitsForAMonthAndBacksOffSlowly() {
    Subscription sync = TOPOLOGY.subscriptions().get("sync");
    assertThat(sync.retention()).isEqualTo(Duration.ofDays(31));
    assertThat(sync.backoff().maximum()).isEqualTo(Duration.ofSeconds(600));
    assertThat(sync.deadLetter()).isEmpty();
    assertThat(sync.enabled()).isTrue();
  }
}
