package dev.in.core.engine;

import dev.in.core.handler.Outcome;
import dev.in.core.handler.ReceivedMessage;
import dev.in.core.message.DeadLetters;
import dev.in.core.message.MessageDispatcher;
import dev.in.core.publish.EventPublisher;
import dev.in.core.publish.TestingPublisher;
import dev.in.core.task.StageState;
import dev.in.core.task.TaskDocument;
import dev.in.core.task.TestingTaskStore;
import dev.in.core.testing.TestTask;
import dev.in.core.testing.TestTopology;
import dev.in.core.testing.TestingClock;
import dev.in.events.Stage;
import dev.in.topology.Topology;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** One stage's engine over test doubles, entered where Pub/Sub's messages come in. */
final class EngineBench {
  final TestingClock clock = new TestingClock(TestTask.START);
  final TestingTaskStore store = new TestingTaskStore();
  final TestingPublisher publisher = new TestingPublisher();
  final TestingInstance instance = new TestingInstance(clock);
  final TestingWork work;
  final StageEngine engine;

  private final MessageDispatcher dispatcher;

  EngineBench(Stage stage) {
    this(stage, TestTopology.wholeChain());
  }

  EngineBench(Stage stage, Topology topology) {
    this.work = new TestingWork(stage);
    this.engine = engine(topology, instance, clock);
    this.dispatcher = dispatcher(topology);
  }

  /** With real time, for work that is really interrupted. */
  EngineBench(Stage stage, Topology topology, Instance instance) {
    this.work = new TestingWork(stage);
    this.engine = engine(topology, instance, InstantSource.system());
    this.dispatcher = dispatcher(topology);
  }

  private StageEngine engine(Topology topology, Instance runsIn, InstantSource time) {
    AtomicInteger tokens = new AtomicInteger();
    return new StageEngine(
        work,
        runsIn,
        topology,
        store,
        new EventPublisher(topology, publisher, Optional::empty),
        time,
        () -> "token-" + tokens.incrementAndGet());
  }

  private MessageDispatcher dispatcher(Topology topology) {
    return new MessageDispatcher(engine, new DeadLetters(topology, publisher, clock));
  }

  /** The stage's message, so many times delivered. */
  Outcome deliver(String messageId, int attempt) {
    return dispatch(message(messageId, attempt));
  }

  Outcome dispatch(ReceivedMessage message) {
    return dispatcher.handle(message);
  }

  ReceivedMessage message(String messageId, int attempt) {
    return TestTask.message(TestTask.request(work.stage()), messageId, attempt);
  }

  TaskDocument document() {
    return store.document(TestTask.ID).orElseThrow();
  }

  StageState state() {
    return document().stage(work.stage());
  }
}
