package dev.in.core.publish;

import static java.util.Objects.requireNonNull;

import dev.in.core.failure.Deadline;
import dev.in.core.failure.TransientFailure;
import dev.in.events.EventCodec;
import dev.in.events.INEvent;
import dev.in.events.MalformedEventException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Records what is published, in its order, and fails as planned. */
public final class TestingPublisher implements MessagePublisher {
  private final List<Outgoing> published = new ArrayList<>();
  private final Deque<Failure> planned = new ArrayDeque<>();

  private enum Failure {
    NONE,
    BEFORE,
    AFTER
  }

  @Override
  public synchronized void publish(List<Outgoing> messages, Deadline deadline) {
    requireNonNull(deadline, "deadline is null");
    Failure failure = planned.isEmpty() ? Failure.NONE : planned.poll();
    if (failure == Failure.BEFORE) {
      throw new TransientFailure("planned: nothing was published", null);
    }
    published.addAll(messages);
    if (failure == Failure.AFTER) {
      throw new TransientFailure("planned: published, and the answer is lost", null);
    }
  }

  /** After so many calls that go well, one publishes nothing. */
  public synchronized void failAfter(int successes) {
    plan(successes, Failure.BEFORE);
  }

  /** After so many calls that go well, one publishes and loses the answer. */
  public synchronized void loseAnswerAfter(int successes) {
    plan(successes, Failure.AFTER);
  }

  private void plan(int successes, Failure failure) {
    for (int i = 0; i < successes; i++) {
      planned.add(Failure.NONE);
    }
    planned.add(failure);
  }

  public synchronized List<Outgoing> published() {
    return List.copyOf(published);
  }

  /** The same as topics and events, such as {@code image-events image.downloaded}. */
  public List<String> summary() {
    return published().stream()
        .map(message -> message.topic() + " " + event(message).eventType())
        .toList();
  }

  public synchronized void clear() {
    published.clear();
  }

  private static INEvent<?> event(Outgoing message) {
    try {
      return EventCodec.read(message.data());
    } catch (MalformedEventException e) {
      throw new AssertionError("what was published is not an INEvent", e);
    }
  }
}
