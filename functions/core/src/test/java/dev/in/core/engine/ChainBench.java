package dev.in.core.engine;

import dev.in.core.engine.TestingWork.Crash;
import dev.in.core.handler.Outcome;
import dev.in.core.handler.ReceivedMessage;
import dev.in.core.message.DeadLetters;
import dev.in.core.message.MessageDispatcher;
import dev.in.core.publish.EventPublisher;
import dev.in.core.publish.Outgoing;
import dev.in.core.publish.TestingPublisher;
import dev.in.core.task.PlannedFault;
import dev.in.core.task.TaskDocument;
import dev.in.core.task.TestingTaskStore;
import dev.in.core.task.TestingTaskStore.Call;
import dev.in.core.testing.TestTask;
import dev.in.core.testing.TestTopology;
import dev.in.core.testing.TestingClock;
import dev.in.events.EventAttributes;
import dev.in.events.EventCodec;
import dev.in.events.INEvent;
import dev.in.events.Stage;
import dev.in.topology.Topology;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The engines of all stages over one store and one Pub/Sub, driven step by step. */
final class ChainBench {
  /** More in a row would rightly fail the task. */
  private static final int MAX_CRASHES = 5;

  private static final Call[] CALLS = {Call.CREATE, Call.READ, Call.UPDATE};

  /** What may happen; the number of a step says to which message, call or for how long. */
  enum Kind {
    DELIVER,
    DELIVER_AND_LOSE_THE_ACK,
    LOSE_THE_DELIVERY,
    REPEAT_AN_ACKED_MESSAGE,
    LET_TIME_PASS,
    FAIL_A_CALL,
    LOSE_A_CALLS_ANSWER,
    FAIL_A_PUBLICATION,
    LOSE_A_PUBLICATIONS_ANSWER,
    FAIL_THE_WORK,
    END_THE_PROCESS
  }

  record Step(Kind kind, int number) {}

  private static final class Message {
    final Outgoing outgoing;
    final String id;
    int attempts;
    boolean acked;

    Message(Outgoing outgoing, String id) {
      this.outgoing = outgoing;
      this.id = id;
    }
  }

  private final TestingClock clock = new TestingClock(TestTask.START);
  private final Topology topology = TestTopology.wholeChain();
  private final TestingTaskStore store = new TestingTaskStore();
  private final TestingPublisher publisher = new TestingPublisher();
  private final Map<String, MessageDispatcher> functions = new HashMap<>();
  private final Map<String, TestingWork> works = new HashMap<>();
  private final List<Message> messages = new ArrayList<>();
  private int seen;
  private int crashes;
  private int tokens;

  ChainBench() {
    for (Stage stage : topology.chain()) {
      String topic = topology.topicOf(stage.request()).name();
      TestingWork work = new TestingWork(stage);
      works.put(topic, work);
      functions.put(topic, function(work));
    }
    INEvent<?> request = TestTask.request(Stage.DOWNLOAD);
    add(
        new Outgoing(
            topology.topicOf(Stage.DOWNLOAD.request()).name(),
            EventCodec.write(request),
            EventAttributes.of(request, TestTask.ROUTING, Optional.empty()).toMap()));
  }

  private MessageDispatcher function(TestingWork work) {
    StageEngine engine =
        new StageEngine(
            work,
            new TestingInstance(clock),
            topology,
            store,
            new EventPublisher(topology, publisher, Optional::empty),
            clock,
            () -> "token-" + ++tokens);
    return new MessageDispatcher(engine, new DeadLetters(topology, publisher, clock));
  }

  void run(Step step) {
    Call call = CALLS[step.number() % CALLS.length];
    switch (step.kind()) {
      case DELIVER -> pick(step, false).ifPresent(message -> message.acked = deliver(message));
      case DELIVER_AND_LOSE_THE_ACK -> pick(step, false).ifPresent(this::deliver);
      case LOSE_THE_DELIVERY -> pick(step, false).ifPresent(message -> message.attempts++);
      // Its ack was lost, so it is outstanding again.
      case REPEAT_AN_ACKED_MESSAGE ->
          pick(step, true).ifPresent(message -> message.acked = deliver(message));
      case LET_TIME_PASS -> clock.advance(Duration.ofSeconds(step.number()));
      case FAIL_A_CALL -> store.plan(call, PlannedFault.failBefore());
      case LOSE_A_CALLS_ANSWER -> store.plan(call, PlannedFault.failAfter());
      case FAIL_A_PUBLICATION -> publisher.failAfter(step.number() % 2);
      case LOSE_A_PUBLICATIONS_ANSWER -> publisher.loseAnswerAfter(step.number() % 2);
      case FAIL_THE_WORK ->
          work(step)
              .plan(
                  (_, _) -> {
                    throw new IOException("Storage is away");
                  });
      case END_THE_PROCESS -> {
        if (crashes++ < MAX_CRASHES) {
          work(step)
              .plan(
                  (_, _) -> {
                    throw new Crash();
                  });
        }
      }
    }
  }

  /** Nothing goes wrong any more but what is planned; Pub/Sub delivers until all is acked. */
  void finish() {
    store.planNothing();
    for (int round = 0; round < 100; round++) {
      Optional<Message> next = messages.stream().filter(message -> !message.acked).findFirst();
      if (next.isEmpty()) {
        return;
      }
      next.get().acked = deliver(next.get());
      clock.advance(Duration.ofSeconds(1));
    }
    throw new AssertionError("messages are delivered for ever");
  }

  TaskDocument document() {
    return store.document(TestTask.ID).orElseThrow();
  }

  List<Outgoing> published() {
    return publisher.published();
  }

  private TestingWork work(Step step) {
    return works.get(
        topology
            .topicOf(topology.chain().get(step.number() % topology.chain().size()).request())
            .name());
  }

  private Optional<Message> pick(Step step, boolean acked) {
    List<Message> some = messages.stream().filter(message -> message.acked == acked).toList();
    return some.isEmpty() ? Optional.empty() : Optional.of(some.get(step.number() % some.size()));
  }

  /** Whether it was acked. */
  private boolean deliver(Message message) {
    ReceivedMessage delivery =
        new ReceivedMessage(
            message.outgoing.data(),
            message.outgoing.attributes(),
            message.id,
            Optional.empty(),
            "projects/in-local/subscriptions/" + message.outgoing.topic(),
            ++message.attempts);
    try {
      return functions.get(message.outgoing.topic()).handle(delivery) instanceof Outcome.Ack;
    } catch (Crash e) {
      return false;
    } finally {
      List<Outgoing> published = publisher.published();
      published.subList(seen, published.size()).stream()
          .filter(outgoing -> functions.containsKey(outgoing.topic()))
          .forEach(this::add);
      seen = published.size();
    }
  }

  private void add(Outgoing outgoing) {
    messages.add(new Message(outgoing, "m" + messages.size()));
  }
}
