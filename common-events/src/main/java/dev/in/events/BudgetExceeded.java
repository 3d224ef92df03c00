package dev.in.events;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A day's budget of analyses is used up: tasks are not analysed until the next day (UTC). Once a
 * day. The envelope's {@code taskId} is the id of that day's budget; the event is about no owner's
 * account.
 *
 * @param channel whose budget it is; absent where it is that of all channels
 * @param day of UTC, as in {@code 2026-11-26}
 * @param units of the budget that are taken, in units of the provider of analyses
 * @param budget what there is for a day, in units
 */
public record BudgetExceeded(Optional<String> channel, String day, long units, long budget)
    implements AccountEvent {
  public BudgetExceeded {
    requireNonNull(channel, "channel is null");
    Identifiers.requireDay(day);
  }

  @Override
  public EventType type() {
    return EventType.BUDGET_EXCEEDED;
  }
}
