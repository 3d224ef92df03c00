package dev.in.core.publish;

import static java.util.Objects.requireNonNull;

import dev.in.core.failure.Deadline;
import dev.in.core.telemetry.Calls;
import java.util.List;

/** Times what another publisher does. */
public final class ObservedPublisher implements MessagePublisher {
  private final MessagePublisher publisher;
  private final Calls calls;

  public ObservedPublisher(MessagePublisher publisher, Calls calls) {
    this.publisher = requireNonNull(publisher, "publisher is null");
    this.calls = requireNonNull(calls, "calls is null");
  }

  @Override
  public void publish(List<Outgoing> messages, Deadline deadline) {
    if (messages.isEmpty()) {
      return;
    }
    calls.make(
        "pubsub.publish",
        () -> {
          publisher.publish(messages, deadline);
          return messages.size();
        });
  }
}
