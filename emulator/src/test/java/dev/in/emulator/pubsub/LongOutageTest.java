package dev.in.emulator.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Durations;
import com.google.pubsub.v1.DeadLetterPolicy;
import com.google.pubsub.v1.RetryPolicy;
import dev.in.emulator.Await;
import dev.in.emulator.pubsub.delivery.SubscriptionStats;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Something in front of a healthy function refuses for hours, with iN's own retry settings. */
class LongOutageTest extends PushFixture {
  /** As long as 100 attempts took when the longest delay was a minute. */
  private static final Duration OLD_ATTEMPTS = Duration.ofMinutes(94);

  private static final Duration MAX_PUSH_BACKOFF = Duration.ofSeconds(60);

  /** Longer than any step of the test's clock: what counts here are refusals, not silence. */
  private static final int ACK_DEADLINE_SECONDS = 600;

  private static final Pattern CHAIN_BACKOFF =
      Pattern.compile("\n  backoff: \\{ minimum: 1s, maximum: (\\d+)s }");
  private static final Pattern ATTEMPTS = Pattern.compile("maxDeliveryAttempts: (\\d+)");
  private static final Pattern SYNC_BACKOFF =
      Pattern.compile("\n  sync:\n(?:    .*\n)*?    backoff: \\{ minimum: 1s, maximum: (\\d+)s }");

  @Test
  void refusals429And503LastingLongerThan100OldAttemptsDelayAndLoseNothing() throws Exception {
    String subscription =
        subscribe(Duration.ofSeconds(setting(CHAIN_BACKOFF)), (int) setting(ATTEMPTS));
    endpoint.behave(push -> endpoint.pushes().size() % 2 == 0 ? 429 : 503);
    clients.publish(topic, "a task");

    refuseFor(OLD_ATTEMPTS.multipliedBy(2), Duration.ofSeconds(setting(CHAIN_BACKOFF)));
    endpoint.behave(push -> 204);
    timers.pass(Duration.ofSeconds(setting(CHAIN_BACKOFF)).plus(MAX_PUSH_BACKOFF));

    Await.until("the ack", () -> stats(subscription).acks() == 1);
    assertThat(stats(subscription).deadLettered()).isZero();
    assertThat(stats(subscription).backlog()).isZero();
  }

  @Test
  void anEdgeOutageOfAnHourDelaysReportsByTheLongestDelayAtMost() throws Exception {
    Duration longest = Duration.ofSeconds(setting(SYNC_BACKOFF));
    String subscription =
        clients.subscription(
            topic,
            s ->
                s.setPushConfig(config(endpoint.uri().toString()))
                    .setAckDeadlineSeconds(ACK_DEADLINE_SECONDS)
                    .setRetryPolicy(policy(longest)));
    endpoint.behave(push -> 503);
    clients.publish(topic, "task.completed");

    refuseFor(Duration.ofHours(1), longest);
    endpoint.behave(push -> 204);
    timers.pass(longest.plus(MAX_PUSH_BACKOFF));

    Await.until("the ack", () -> stats(subscription).acks() == 1);
    assertThat(stats(subscription).backlog()).isZero();
  }

  /** From one attempt to the next, each with its delay and the longest push backoff. */
  private void refuseFor(Duration outage, Duration longestDelay) {
    Instant end = timers.now().plus(outage);
    int attempt = 1;
    for (; timers.now().isBefore(end); attempt++) {
      awaitNack(attempt);
      Duration delay = Duration.ofSeconds(1L << Math.min(attempt, 20));
      timers.pass(
          (delay.compareTo(longestDelay) < 0 ? delay : longestDelay).plus(MAX_PUSH_BACKOFF));
    }
    awaitNack(attempt);
  }

  private void awaitNack(int attempt) {
    endpoint.await(attempt);
    Await.until(
        "the nack",
        () ->
            cloud.pubSub().stats().values().stream().mapToLong(SubscriptionStats::nacks).sum()
                >= attempt);
  }

  private String subscribe(Duration longestDelay, int attempts) {
    String deadLetters = clients.topic();
    return clients.subscription(
        topic,
        s ->
            s.setPushConfig(config(endpoint.uri().toString()))
                .setAckDeadlineSeconds(ACK_DEADLINE_SECONDS)
                .setRetryPolicy(policy(longestDelay))
                .setDeadLetterPolicy(
                    DeadLetterPolicy.newBuilder()
                        .setDeadLetterTopic(deadLetters)
                        .setMaxDeliveryAttempts(attempts)));
  }

  private static RetryPolicy policy(Duration longestDelay) {
    return RetryPolicy.newBuilder()
        .setMinimumBackoff(Durations.fromSeconds(1))
        .setMaximumBackoff(Durations.fromSeconds(longestDelay.toSeconds()))
        .build();
  }

  /** A number of topology.yaml, which the local cloud itself does not know. */
  private static long setting(Pattern place) throws Exception {
    Path file = Path.of("../common-events/src/main/resources/topology.yaml");
    Matcher found = place.matcher(Files.readString(file));
    assertThat(found.find()).as(place.pattern()).isTrue();
    return Long.parseLong(found.group(1));
  }
}
