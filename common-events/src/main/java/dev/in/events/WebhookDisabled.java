package dev.in.events;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A webhook endpoint receives nothing any more until its owner switches it on again. The envelope's
 * {@code taskId} is the webhook's id, its {@code run} counts how often the endpoint was disabled.
 *
 * @param reason {@code gone}: it answered 410; {@code failing}: five days of failures. An open set
 * @param failingSince Unix time in milliseconds of the first failure since the last success
 * @param lastStatus HTTP status of the last answer; absent where there was none
 */
public record WebhookDisabled(
    String webhookId, String reason, long failingSince, Optional<Integer> lastStatus)
    implements AccountEvent {
  public WebhookDisabled {
    Identifiers.requireId("webhookId", webhookId);
    requireNonNull(reason, "reason is null");
    requireNonNull(lastStatus, "lastStatus is null");
  }

  @Override
  public EventType type() {
    return EventType.WEBHOOK_DISABLED;
  }
}
