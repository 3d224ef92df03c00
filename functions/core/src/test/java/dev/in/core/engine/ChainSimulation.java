package dev.in.core.engine;

import dev.in.core.engine.TestingWork.Crash;
import dev.in.core.failure.Deadline;
import dev.in.core.failure.PermanentFailure;
import dev.in.core.handler.Outcome;
import dev.in.core.handler.ReceivedMessage;
import dev.in.core.message.DeadLetters;
import dev.in.core.message.MessageDispatcher;
import dev.in.core.publish.EventPublisher;
import dev.in.core.publish.Outgoing;
import dev.in.core.stage.AiOutput;
import dev.in.core.stage.DownloadOutput;
import dev.in.core.stage.MetadataOutput;
import dev.in.core.stage.StageOutput;
import dev.in.core.task.TaskDocument;
import dev.in.core.testing.TestTask;
import dev.in.core.testing.TestTopology;
import dev.in.core.testing.TestingClock;
import dev.in.events.EventAttributes;
import dev.in.events.EventCodec;
import dev.in.events.FailureCode;
import dev.in.events.INEvent;
import dev.in.events.Stage;
import dev.in.topology.Topology;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * One task's way through the whole chain while deliveries overlap, processes end, responses get
 * lost and time passes, all decided by a seed. After a while the faults stop; then the task must
 * end.
 */
final class ChainSimulation {
  private static final int MAX_TURNS = 20_000;
  private static final int MAX_CONCURRENT = 4;

  private final Random random;
  private final TestingClock clock = new TestingClock(TestTask.START);
  private final Topology topology = TestTopology.wholeChain();
  private final TurnScheduler turns;
  private final FaultInjector faults;
  private final SimulatedStore store;
  private final SimulatedPubSub pubSub;
  private final Map<String, MessageDispatcher> functions = new HashMap<>();
  private final int workFailsPermille;
  private final int workCrashesPermille;
  private int tokens;
  private int works;

  ChainSimulation(long seed) {
    random = new Random(seed);
    turns = new TurnScheduler(random);
    faults = new FaultInjector(random, random.nextInt(120));
    store = new SimulatedStore(turns, faults);
    pubSub = new SimulatedPubSub(turns, faults, random.nextInt(4) > 0);
    workFailsPermille = random.nextInt(200);
    workCrashesPermille = random.nextInt(20) == 0 ? 950 : 0;
    for (Stage stage : Stage.values()) {
      functions.put(topology.topicOf(stage.request()).name(), function(stage));
    }
  }

  /** Runs until nothing is left to do. */
  void run() {
    submit();
    if (random.nextBoolean()) {
      submit();
    }
    int faultyTurns = random.nextInt(400);
    for (int turn = 0; busy(); turn++) {
      if (turn == faultyTurns) {
        faults.end();
      }
      if (turn > MAX_TURNS) {
        throw new AssertionError("it does not come to rest");
      }
      oneTurn();
    }
  }

  TaskDocument document() {
    return store.document(TestTask.ID).orElseThrow();
  }

  List<Outgoing> published() {
    return pubSub.published();
  }

  private boolean busy() {
    return turns.running() > 0 || !pubSub.outstanding(topics()).isEmpty();
  }

  private void oneTurn() {
    if (random.nextInt(20) == 0) {
      clock.advance(Duration.ofSeconds(random.nextInt(60)));
    }
    List<SimulatedPubSub.Message> outstanding = pubSub.deliverable(topics());
    boolean room = turns.running() < MAX_CONCURRENT && !outstanding.isEmpty();
    if (room && (turns.running() == 0 || random.nextInt(8) == 0)) {
      SimulatedPubSub.Message message = outstanding.get(random.nextInt(outstanding.size()));
      deliver(message);
    } else {
      turns.turn();
    }
  }

  private void deliver(SimulatedPubSub.Message message) {
    ReceivedMessage delivery = message.deliver();
    int attempt = message.attempts();
    turns.start(
        () -> {
          Outcome outcome = new Outcome.Nack("the process has ended");
          try {
            outcome = functions.get(message.topic()).handle(delivery);
          } catch (Crash e) {
            // That is its outcome.
          } finally {
            message.answered(attempt, outcome instanceof Outcome.Ack && !faults.strikes());
          }
        });
  }

  /** The edge's message; it may publish it more than once. */
  private void submit() {
    INEvent<?> event = TestTask.request(Stage.DOWNLOAD);
    pubSub.accept(
        new Outgoing(
            topology.topicOf(Stage.DOWNLOAD.request()).name(),
            EventCodec.write(event),
            EventAttributes.of(event, TestTask.ROUTING, Optional.empty()).toMap()));
  }

  private List<String> topics() {
    return List.copyOf(functions.keySet());
  }

  private MessageDispatcher function(Stage stage) {
    StageEngine engine =
        new StageEngine(
            new SimulatedWork(stage),
            new SimulatedInstance(),
            topology,
            store,
            new EventPublisher(topology, pubSub, Optional::empty),
            clock,
            () -> "token-" + ++tokens);
    return new MessageDispatcher(engine, new DeadLetters(topology, pubSub, clock));
  }

  /** With room for everything; a pause lets others have their turns, and time pass. */
  private final class SimulatedInstance implements Instance {
    @Override
    public Optional<Slot> enter(boolean alone, Duration atMost) {
      return Optional.of(() -> {});
    }

    @Override
    public Interruption interruptAt(Deadline budget, Thread worker) {
      return new Interruption() {
        @Override
        public boolean happened() {
          return false;
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public boolean isStopping() {
      return false;
    }

    @Override
    public void pause(Duration time) {
      turns.step();
      clock.advance(time);
    }
  }

  /** Work whose result differs each time: only one may ever be published. */
  private final class SimulatedWork implements StageWork {
    private final Stage stage;

    SimulatedWork(Stage stage) {
      this.stage = stage;
    }

    @Override
    public Stage stage() {
      return stage;
    }

    @Override
    public StageOutput work(TaskDocument task, Deadline budget) throws Exception {
      turns.step();
      faults.atBoundary();
      if (random.nextInt(1000) < workFailsPermille && faults.strikes()) {
        throw new PermanentFailure(FailureCode.CORRUPT_IMAGE, "No header can be read.");
      }
      if (random.nextInt(1000) < workCrashesPermille) {
        throw new Crash();
      }
      if (faults.strikes()) {
        throw new IOException("Storage is away");
      }
      turns.step();
      return result(++works);
    }

    private StageOutput result(int number) {
      return switch (TestTask.output(stage)) {
        case DownloadOutput it ->
            new DownloadOutput(it.object(), it.contentType(), number, it.sha256(), it.crc32c());
        case MetadataOutput it -> new MetadataOutput(number, number, it.metadata());
        case AiOutput it -> it;
      };
    }
  }
}
