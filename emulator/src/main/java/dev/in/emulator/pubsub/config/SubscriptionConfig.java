package dev.in.emulator.pubsub.config;

import static dev.in.emulator.pubsub.config.Checks.check;
import static dev.in.emulator.pubsub.config.Checks.supported;
import static dev.in.emulator.pubsub.config.Checks.toDuration;

import com.google.protobuf.util.Durations;
import com.google.pubsub.v1.DeadLetterPolicy;
import com.google.pubsub.v1.ExpirationPolicy;
import com.google.pubsub.v1.PushConfig;
import com.google.pubsub.v1.RetryPolicy;
import com.google.pubsub.v1.Subscription;
import dev.in.emulator.pubsub.filter.Filter;
import io.grpc.Status;
import java.time.Duration;
import java.util.Optional;

/**
 * A subscription's settings, checked and with Pub/Sub's defaults filled in; durations already
 * divided by the time scale. The limits are those of the {@code Subscription} proto's comments.
 *
 * @param shown what the API answers: defaults filled in, true durations
 * @param retry how long one message waits after its failures; empty for no wait
 */
public record SubscriptionConfig(
    Subscription shown,
    Duration ackDeadline,
    Duration retention,
    Filter filter,
    Optional<Backoff> retry,
    Optional<DeadLetterPolicy> deadLetter,
    Optional<PushTarget> push) {
  private static final Duration MIN_ACK_DEADLINE = Duration.ofSeconds(10);
  private static final Duration MAX_ACK_DEADLINE = Duration.ofSeconds(600);
  private static final Duration MIN_RETENTION = Duration.ofMinutes(10);
  private static final Duration MAX_RETENTION = Duration.ofDays(31);
  private static final Duration DEFAULT_RETENTION = Duration.ofDays(7);
  private static final Duration DEFAULT_EXPIRATION = Duration.ofDays(31);
  private static final Backoff DEFAULT_RETRY =
      new Backoff(Duration.ofSeconds(10), Duration.ofSeconds(600));
  private static final Duration MAX_RETRY = Duration.ofSeconds(600);
  private static final int MIN_ATTEMPTS = 5;
  private static final int MAX_ATTEMPTS = 100;

  public static SubscriptionConfig of(Subscription wanted, TimeScale scale) {
    refuseWhatIsNotCovered(wanted);
    Subscription shown = withDefaults(wanted);
    Duration ackDeadline = Duration.ofSeconds(shown.getAckDeadlineSeconds());
    Checks.between("ack_deadline_seconds", ackDeadline, MIN_ACK_DEADLINE, MAX_ACK_DEADLINE);
    Duration retention = toDuration(shown.getMessageRetentionDuration());
    Checks.between("message_retention_duration", retention, MIN_RETENTION, MAX_RETENTION);
    return new SubscriptionConfig(
        shown,
        scale.apply(ackDeadline),
        scale.apply(retention),
        filter(shown.getFilter()),
        retry(shown, scale),
        deadLetter(shown),
        push(shown.getPushConfig()));
  }

  /** Whether a message with so many failures is a dead letter. */
  public boolean isExhausted(int failures) {
    return deadLetter.filter(policy -> failures >= policy.getMaxDeliveryAttempts()).isPresent();
  }

  /** How long a message waits after so many failures. */
  public Duration retryWait(int failures) {
    return retry.map(backoff -> backoff.after(failures)).orElse(Duration.ZERO);
  }

  private static Subscription withDefaults(Subscription wanted) {
    Subscription.Builder shown = wanted.toBuilder().setState(Subscription.State.ACTIVE);
    if (wanted.getAckDeadlineSeconds() == 0) {
      shown.setAckDeadlineSeconds((int) MIN_ACK_DEADLINE.toSeconds());
    }
    if (!wanted.hasMessageRetentionDuration()) {
      shown.setMessageRetentionDuration(Durations.fromSeconds(DEFAULT_RETENTION.toSeconds()));
    }
    if (!wanted.hasExpirationPolicy()) {
      shown.setExpirationPolicy(
          ExpirationPolicy.newBuilder()
              .setTtl(Durations.fromSeconds(DEFAULT_EXPIRATION.toSeconds())));
    }
    if (!wanted.hasPushConfig()) {
      shown.setPushConfig(PushConfig.getDefaultInstance());
    }
    if (wanted.hasRetryPolicy()) {
      shown.setRetryPolicy(withDefaults(wanted.getRetryPolicy()));
    }
    if (wanted.hasDeadLetterPolicy()
        && wanted.getDeadLetterPolicy().getMaxDeliveryAttempts() == 0) {
      shown.getDeadLetterPolicyBuilder().setMaxDeliveryAttempts(MIN_ATTEMPTS);
    }
    return shown.build();
  }

  private static RetryPolicy withDefaults(RetryPolicy wanted) {
    RetryPolicy.Builder shown = wanted.toBuilder();
    if (!wanted.hasMinimumBackoff()) {
      shown.setMinimumBackoff(Durations.fromSeconds(DEFAULT_RETRY.minimum().toSeconds()));
    }
    if (!wanted.hasMaximumBackoff()) {
      shown.setMaximumBackoff(Durations.fromSeconds(DEFAULT_RETRY.maximum().toSeconds()));
    }
    return shown.build();
  }

  private static Filter filter(String text) {
    try {
      return Filter.parse(text);
    } catch (IllegalArgumentException e) {
      throw Checks.invalid("Invalid filter: " + e.getMessage());
    }
  }

  private static Optional<PushTarget> push(PushConfig config) {
    try {
      return PushTarget.of(config);
    } catch (IllegalArgumentException e) {
      throw Checks.invalid("Invalid push endpoint: " + e.getMessage());
    }
  }

  private static Optional<Backoff> retry(Subscription shown, TimeScale scale) {
    if (!shown.hasRetryPolicy()) {
      return Optional.empty();
    }
    Duration minimum = toDuration(shown.getRetryPolicy().getMinimumBackoff());
    Duration maximum = toDuration(shown.getRetryPolicy().getMaximumBackoff());
    Checks.between("retry_policy.minimum_backoff", minimum, Duration.ZERO, MAX_RETRY);
    Checks.between("retry_policy.maximum_backoff", maximum, Duration.ZERO, MAX_RETRY);
    check(
        minimum.compareTo(maximum) <= 0,
        "retry_policy.minimum_backoff must not exceed retry_policy.maximum_backoff");
    return Optional.of(new Backoff(scale.apply(minimum), scale.apply(maximum)));
  }

  private static Optional<DeadLetterPolicy> deadLetter(Subscription shown) {
    if (!shown.hasDeadLetterPolicy()) {
      return Optional.empty();
    }
    DeadLetterPolicy policy = shown.getDeadLetterPolicy();
    ResourceNames.checkedTopic(policy.getDeadLetterTopic());
    int attempts = policy.getMaxDeliveryAttempts();
    if (attempts < MIN_ATTEMPTS || attempts > MAX_ATTEMPTS) {
      throw Status.OUT_OF_RANGE
          .withDescription("max_delivery_attempts must be between 5 and 100, not " + attempts)
          .asRuntimeException();
    }
    return Optional.of(policy);
  }

  private static void refuseWhatIsNotCovered(Subscription wanted) {
    supported(!wanted.getEnableMessageOrdering(), "enable_message_ordering");
    supported(!wanted.getRetainAckedMessages(), "retain_acked_messages");
    supported(!wanted.getEnableExactlyOnceDelivery(), "enable_exactly_once_delivery");
    supported(!wanted.getPushConfig().hasNoWrapper(), "push_config.no_wrapper");
    supported(!wanted.hasBigqueryConfig(), "bigquery_config");
    supported(!wanted.hasCloudStorageConfig(), "cloud_storage_config");
    supported(wanted.getMessageTransformsCount() == 0, "message_transforms");
    supported(!wanted.getDetached(), "detached");
    supported(wanted.getTagsCount() == 0, "tags");
  }
}
