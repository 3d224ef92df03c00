package dev.in.runner.status;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;

/**
 * How a subscription is doing, as the local cloud's Pub/Sub sees it. All counts are since the local
 * cloud started.
 *
 * @param backlog unacked messages, those that are being handled included
 * @param oldest the age of the oldest of them
 * @param deliveries redeliveries included
 * @param nacks and missed deadlines
 * @param deadLettered messages given up
 * @param perSecond deliveries at this moment
 */
public record SubscriptionStatus(
    String name,
    long backlog,
    Optional<Duration> oldest,
    long deliveries,
    long nacks,
    long deadLettered,
    double perSecond) {

  public SubscriptionStatus {
    requireNonNull(name, "name is null");
    requireNonNull(oldest, "oldest is null");
  }

  /**
   * @param before a look at the same subscription, that long ago
   */
  static SubscriptionStatus of(String name, JsonNode before, JsonNode now, Duration since) {
    long delivered = now.path("deliveries").asLong() - before.path("deliveries").asLong();
    return new SubscriptionStatus(
        name,
        now.path("backlog").asLong(),
        Optional.ofNullable(now.get("oldestUnackedSeconds"))
            .map(seconds -> Duration.ofMillis(Math.round(seconds.asDouble() * 1e3))),
        now.path("deliveries").asLong(),
        now.path("nacks").asLong() + now.path("expirations").asLong(),
        now.path("deadLettered").asLong(),
        delivered * 1e3 / Math.max(1, since.toMillis()));
  }
}
