package dev.in.core.engine;

import static dev.in.core.testing.TestTask.document;
import static dev.in.core.testing.TestTask.running;
import static dev.in.events.Stage.DOWNLOAD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.in.core.failure.PermanentFailure;
import dev.in.core.message.DeadLetters;
import dev.in.core.message.MessageDispatcher;
import dev.in.core.publish.EventPublisher;
import dev.in.core.publish.ObservedPublisher;
import dev.in.core.publish.TestingPublisher;
import dev.in.core.task.ObservedTaskStore;
import dev.in.core.task.StageState;
import dev.in.core.task.TaskStatus;
import dev.in.core.task.TestingTaskStore;
import dev.in.core.telemetry.Calls;
import dev.in.core.telemetry.Meters;
import dev.in.core.telemetry.Spans;
import dev.in.core.testing.TestTask;
import dev.in.core.testing.TestTopology;
import dev.in.core.testing.TestingClock;
import dev.in.events.FailureCode;
import dev.in.topology.Topology;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What the metrics say of a stage. */
class EngineMetersTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Meters meters = new Meters(registry);
  private final Spans spans = new Spans(OpenTelemetry.noop());
  private final Calls calls = new Calls(spans, meters);
  private final Topology topology = TestTopology.wholeChain();
  private final TestingClock clock = new TestingClock(TestTask.START);
  private final TestingTaskStore store = new TestingTaskStore();
  private final TestingPublisher publisher = new TestingPublisher();
  private final TestingWork work = new TestingWork(DOWNLOAD);
  private final MessageDispatcher dispatcher = dispatcher();

  @Test
  void workAndItsCallsAreCountedByName() {
    deliver("m1");

    assertThat(counts())
        .isEqualTo(
            Map.of(
                "in.work{outcome=done}", 1L,
                "in.calls{call=firestore.create,outcome=ok}", 1L,
                "in.calls{call=firestore.update,outcome=ok}", 1L,
                "in.calls{call=pubsub.publish,outcome=ok}", 2L));
  }

  @Test
  void aTaskThatFailsIsCountedOnceHoweverOftenItsMessageComes() {
    work.plan(
        (_, _) -> {
          throw new PermanentFailure(FailureCode.UNSUPPORTED_TYPE, "Not an image.");
        });

    deliver("m1");
    deliver("m1");
    deliver("m2");

    assertThat(counts())
        .containsEntry("in.failures{code=unsupported_type,stage=download}", 1L)
        .containsEntry("in.work{outcome=failed}", 1L);
  }

  @Test
  void aTransientFailureIsNoFailureOfTheTask() {
    work.plan(
        (_, _) -> {
          throw new IOException("not now");
        });

    deliver("m1");

    assertThat(counts()).containsEntry("in.work{outcome=transient}", 1L);
    assertThat(counts().keySet()).noneMatch(name -> name.startsWith("in.failures"));
  }

  @Test
  void workThatWasBegunTooOftenCountsAsAFailureToo() {
    StageState expired = running(TestTask.lease("gone", "m0", 1));
    for (int i = 0; i < DeliveryRules.MAX_EXPIRIES_ALONE; i++) {
      expired = expired.claimed(TestTask.lease("gone", "m0", 1), TestTask.START);
    }
    store.put(document(TaskStatus.PROCESSING, Map.of(DOWNLOAD, expired)));
    clock.advance(Duration.ofHours(1));

    deliver("m1");

    assertThat(counts()).containsEntry("in.failures{code=attempts_exhausted,stage=download}", 1L);
  }

  private void deliver(String messageId) {
    dispatcher.handle(TestTask.message(TestTask.request(DOWNLOAD), messageId, 1));
  }

  private MessageDispatcher dispatcher() {
    ObservedPublisher observed = new ObservedPublisher(publisher, calls);
    StageEngine engine =
        new StageEngine(
            new ObservedWork(work, spans, meters),
            new TestingInstance(clock),
            topology,
            new ObservedTaskStore(store, calls, meters),
            new EventPublisher(topology, observed, Optional::empty),
            clock,
            () -> "token");
    return new MessageDispatcher(engine, new DeadLetters(topology, observed, clock));
  }

  /** How often each meter was recorded, by its name and labels. */
  private Map<String, Long> counts() {
    Map<String, Long> counts = new TreeMap<>();
    for (Meter meter : registry.getMeters()) {
      if (meter.getId().getName().endsWith(".histogram")) {
        continue; // a timer's buckets
      }
      Map<String, String> tags = new TreeMap<>();
      meter.getId().getTags().forEach(tag -> tags.put(tag.getKey(), tag.getValue()));
      long count =
          meter instanceof Timer timer
              ? timer.count()
              : (long) meter.measure().iterator().next().getValue();
      counts.put(meter.getId().getName() + tags.toString().replace(", ", ","), count);
    }
    return counts;
  }
}
