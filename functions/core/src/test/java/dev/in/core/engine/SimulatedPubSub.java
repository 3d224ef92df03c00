package dev.in.core.engine;

import dev.in.core.failure.Deadline;
import dev.in.core.handler.ReceivedMessage;
import dev.in.core.publish.MessagePublisher;
import dev.in.core.publish.Outgoing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Pub/Sub at its worst: at least once, in any order, and a lost answer for good measure. */
final class SimulatedPubSub implements MessagePublisher {
  private final TurnScheduler turns;
  private final FaultInjector faults;
  private final boolean countsAttempts;
  private final List<Outgoing> published = new ArrayList<>();
  private final List<Message> messages = new ArrayList<>();

  /**
   * @param countsAttempts whether deliveries carry their attempt
   */
  SimulatedPubSub(TurnScheduler turns, FaultInjector faults, boolean countsAttempts) {
    this.turns = turns;
    this.faults = faults;
    this.countsAttempts = countsAttempts;
  }

  @Override
  public void publish(List<Outgoing> outgoing, Deadline deadline) {
    for (Outgoing message : outgoing) {
      turns.step();
      faults.atBoundary();
      accept(message);
      faults.atBoundary();
    }
    turns.step();
  }

  void accept(Outgoing message) {
    published.add(message);
    messages.add(new Message("m" + messages.size(), message));
  }

  List<Outgoing> published() {
    return published;
  }

  /** Messages of that topic that nobody has acked. */
  List<Message> outstanding(List<String> topics) {
    return messages.stream()
        .filter(message -> !message.acked && topics.contains(message.outgoing.topic()))
        .toList();
  }

  /**
   * Of these, what may be delivered now: an answer is waited for, unless Pub/Sub has lost the
   * connection and gives the delivery up while its work goes on.
   */
  List<Message> deliverable(List<String> topics) {
    return outstanding(topics).stream()
        .filter(message -> message.awaited == 0 || faults.strikes())
        .toList();
  }

  /** One message on its way to one subscription. */
  final class Message {
    private final String id;
    private final Outgoing outgoing;
    private int attempts;
    private int awaited;
    private boolean acked;

    private Message(String id, Outgoing outgoing) {
      this.id = id;
      this.outgoing = outgoing;
    }

    String topic() {
      return outgoing.topic();
    }

    int attempts() {
      return attempts;
    }

    ReceivedMessage deliver() {
      awaited = ++attempts;
      return new ReceivedMessage(
          outgoing.data(),
          outgoing.attributes(),
          id,
          Optional.empty(),
          "projects/in-local/subscriptions/" + outgoing.topic(),
          countsAttempts ? attempts : 0);
    }

    /** Only the latest delivery's response counts. */
    void answered(int attempt, boolean ack) {
      if (attempt == awaited) {
        awaited = 0;
        acked |= ack;
      }
    }
  }
}
