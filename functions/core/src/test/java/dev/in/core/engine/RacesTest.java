package dev.in.core.engine;

import static dev.in.core.engine.StageEngineTest.benchAt;
import static dev.in.core.task.TestingTaskStore.Call.READ;
import static dev.in.core.testing.TestTask.START;
import static dev.in.core.testing.TestTask.output;
import static dev.in.events.Stage.AI;
import static dev.in.events.Stage.DOWNLOAD;
import static dev.in.events.Stage.METADATA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.in.core.engine.TaskRecovery.Result;
import dev.in.core.engine.TestingWork.Crash;
import dev.in.core.failure.Deadline;
import dev.in.core.handler.Outcome;
import dev.in.core.handler.Outcome.Ack;
import dev.in.core.handler.ReceivedMessage;
import dev.in.core.publish.EventPublisher;
import dev.in.core.task.StageError;
import dev.in.core.task.StageState;
import dev.in.core.task.TaskDocument;
import dev.in.core.task.TaskStatus;
import dev.in.core.testing.TestTask;
import dev.in.core.testing.TestTopology;
import dev.in.events.FailureCode;
import dev.in.events.INEvent;
import dev.in.events.RecognizedPayload;
import dev.in.events.TaskRef;
import dev.in.topology.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Races between several parties at one task, or between many tasks. docs/reliability.md has all.
 */
class RacesTest {
  private static final Topology TOPOLOGY = TestTopology.wholeChain();
  private static final Duration STALL =
      TOPOLOGY.clocks().backoff().maximum().plus(TOPOLOGY.clocks().ackDeadline());

  /** The message was given up, but its last delivery is still at work. */
  @Test
  void aLateSuccessAgainstADeadLetterIsRecorded() {
    EngineBench bench = benchAt(METADATA);
    TaskRecovery recovery = recovery(bench);
    bench.work.plan(
        (_, _) -> {
          assertThat(settle(recovery, bench, TestTask.ID)).isEqualTo(Result.IN_PROGRESS);
          return output(METADATA);
        });

    assertThat(bench.deliver("m1", 100)).isEqualTo(new Ack("done"));

    assertThat(bench.publisher.summary())
        .containsExactly("image-events metadata.extracted", "ai-topic ai.requested");
  }

  /** So late that its request is over, and recovery has published the stage's message again. */
  @Test
  void aSuccessThatIsLaterThanTheNudgeAfterADeadLetterLeavesTheTaskToTheNudge() {
    EngineBench bench = benchAt(METADATA);
    TaskRecovery recovery = recovery(bench);
    bench.work.plan(
        (_, _) -> {
          bench.clock.advance(STALL.plusSeconds(1));
          assertThat(settle(recovery, bench, TestTask.ID)).isEqualTo(Result.NUDGED);
          return output(METADATA);
        });

    assertThat(bench.deliver("m1", 100)).isInstanceOf(Outcome.Nack.class);
    assertThat(bench.deliver("m2", 1)).isEqualTo(new Ack("done"));

    assertThat(bench.state().output()).contains(output(METADATA));
    assertThat(bench.publisher.summary())
        .containsExactly(
            "image-events image.downloaded",
            "metadata-topic metadata.requested",
            "image-events metadata.extracted",
            "ai-topic ai.requested");
  }

  /**
   * Its process died before it published what follows, and a message with another id, as an edge
   * sends when an answer was lost, has the next stage started: nobody would publish the event then.
   */
  @Test
  void anotherMessageOfAStageThatCompletedPublishesItsEventToo() {
    EngineBench bench = benchAt(METADATA);
    EngineBench download = new EngineBench(DOWNLOAD);
    download.store.put(bench.document());
    download.clock.advance(STALL.plusSeconds(1));

    assertThat(download.deliver("another", 1)).isEqualTo(new Ack("task stood still"));

    assertThat(download.publisher.summary())
        .containsExactly("image-events image.downloaded", "metadata-topic metadata.requested");
  }

  @Test
  void aRedeliveryAfterTheNextStageFinishedPublishesNothingButTheEnd() {
    EngineBench bench = benchAt(AI);
    EngineBench before = new EngineBench(METADATA);
    assertThat(bench.deliver("m3", 1)).isEqualTo(new Ack("done"));
    before.store.put(bench.document());

    Outcome outcome = before.deliver("message-of-" + METADATA, 2);

    assertThat(outcome).isEqualTo(new Ack("task ended"));
    assertThat(before.work.times()).isZero();
    assertThat(before.publisher.summary())
        .containsExactly("image-events ai.analyzed", "task-lifecycle-events task.completed");
    Replays.assertIdenticalPerId(
        Stream.concat(bench.publisher.published().stream(), before.publisher.published().stream())
            .toList());
  }

  @Test
  void aRedriveWhileAnOldMessageIsAboutRunsTheStageOnce() {
    EngineBench bench = benchAt(METADATA);
    TaskRecovery recovery = recovery(bench);
    bench.store.put(
        bench.document().failed(METADATA, new StageError(FailureCode.TIMED_OUT, "Late."), START));

    assertThat(recovery.redrive(TestTask.ID, 2, soon(bench))).isEqualTo(Result.REDRIVEN);
    assertThat(bench.deliver("m1", 7)).isEqualTo(new Ack("older run"));
    assertThat(bench.work.times()).isZero();
    assertThat(bench.dispatch(ofRun2("m2"))).isEqualTo(new Ack("done"));
    assertThat(bench.deliver("m1", 8)).isEqualTo(new Ack("older run"));
    assertThat(bench.dispatch(ofRun2("m2"))).isEqualTo(new Ack("stage completed"));

    assertThat(bench.work.times()).isEqualTo(1);
  }

  /** In real time and on two threads. */
  @Test
  void twoDeliveriesOfOneMessageAtOnceDoTheWorkOnce() throws Exception {
    try (WorkerInstance instance = new WorkerInstance();
        ExecutorService thread = Executors.newSingleThreadExecutor()) {
      EngineBench bench = new EngineBench(METADATA, TOPOLOGY, instance);
      bench.store.put(
          TestTask.document(TaskStatus.PROCESSING, Map.of(DOWNLOAD, TestTask.completed(DOWNLOAD))));
      List<Future<Outcome>> second = new ArrayList<>();
      bench.work.plan(
          (_, _) -> {
            second.add(thread.submit(() -> bench.deliver("m1", 1)));
            // It has looked twice, so it waits.
            while (bench.store.calls().stream().filter(READ::equals).count() < 3) {
              Thread.onSpinWait();
            }
            return output(METADATA);
          });

      assertThat(bench.deliver("m1", 1)).isEqualTo(new Ack("done"));
      assertThat(second.getFirst().get()).isEqualTo(new Ack("stage completed"));

      assertThat(bench.work.times()).isEqualTo(1);
      // The second cannot know whether the first has published: the same again, to the byte.
      assertThat(bench.publisher.published()).hasSize(4);
      Replays.assertIdenticalPerId(bench.publisher.published());
    }
  }

  /** All share an instance, which one of them kills whenever it is worked on. */
  @Test
  void anImageThatKillsItsInstanceFailsAloneAndItsFifteenNeighboursComplete() {
    EngineBench bench = new EngineBench(METADATA);
    List<String> taskIds = tasks(16);
    String killer = taskIds.get(5);
    taskIds.forEach(id -> bench.store.put(waiting(id, TestTask.completed(DOWNLOAD))));
    // The first time they are all at work when it dies.
    Map<String, Integer> attempts = new HashMap<>();
    for (String id : taskIds) {
      crash(bench, id, attempts);
    }

    for (int round = 0; round < 6; round++) {
      bench.clock.advance(Duration.ofMinutes(5));
      for (String id : taskIds) {
        if (bench.store.document(id).orElseThrow().stage(METADATA).completedAt().isEmpty()) {
          if (id.equals(killer) && round < 5) {
            crash(bench, id, attempts);
          } else {
            bench.dispatch(message(id, attempts));
          }
        }
      }
    }

    for (String id : taskIds) {
      TaskDocument document = bench.store.document(id).orElseThrow();
      if (id.equals(killer)) {
        assertThat(document.stage(METADATA).error().map(StageError::code))
            .contains(FailureCode.ATTEMPTS_EXHAUSTED);
        assertThat(document.stage(METADATA).attempts()).isEqualTo(6);
      } else {
        assertThat(document.stage(METADATA).output()).contains(output(METADATA));
        assertThat(document.stage(METADATA).attempts()).isEqualTo(2);
      }
    }
    // Each one once beside the others, and from then on alone.
    assertThat(bench.instance.entered().subList(0, 16)).containsOnly(false);
    assertThat(bench.instance.entered().subList(16, bench.instance.entered().size()))
        .hasSize(15 + 5)
        .containsOnly(true);
  }

  /** Messages that only wait: reconciliation comes by again and again, for nearly six hours. */
  @Test
  void reconciliationLeavesABacklogOfFiveThousandToItsMessages() {
    EngineBench bench = new EngineBench(METADATA);
    TaskRecovery recovery = recovery(bench);
    List<String> taskIds = tasks(5_000);
    taskIds.forEach(id -> bench.store.put(waiting(id, TestTask.completed(DOWNLOAD))));
    Map<Result, Integer> results = new EnumMap<>(Result.class);

    while (bench.clock.instant().isBefore(START.plus(Duration.ofMinutes(350)))) {
      bench.clock.advance(Duration.ofMinutes(10));
      for (String id : taskIds) {
        results.merge(settle(recovery, bench, id), 1, Integer::sum);
      }
    }
    assertThat(results).containsOnlyKeys(Result.IN_PROGRESS, Result.NUDGED);
    assertThat(results).containsEntry(Result.NUDGED, 3 * 5_000);

    // Now all are delivered: the first messages, and those that reconciliation has added.
    Map<String, Integer> attempts = new HashMap<>();
    for (int message = 0; message < 4; message++) {
      for (String id : taskIds) {
        bench.dispatch(message(id, "m" + message + id, attempts));
      }
    }
    assertThat(bench.work.times()).isEqualTo(5_000);
    for (String id : taskIds) {
      assertThat(bench.store.document(id).orElseThrow().stage(METADATA).output())
          .contains(output(METADATA));
    }
  }

  @Test
  void reconciliationLeavesLiveWorkAlone() {
    EngineBench bench = benchAt(METADATA);
    TaskRecovery recovery = recovery(bench);
    bench.work.plan(
        (_, _) -> {
          for (int second = 0; second < 60; second++) {
            bench.clock.advance(Duration.ofSeconds(1));
            assertThat(settle(recovery, bench, TestTask.ID)).isEqualTo(Result.IN_PROGRESS);
          }
          return output(METADATA);
        });

    assertThat(bench.deliver("m1", 1)).isEqualTo(new Ack("done"));

    assertThat(bench.publisher.published()).hasSize(2);
    assertThat(bench.state().history().nudges()).isZero();
  }

  private static TaskRecovery recovery(EngineBench bench) {
    return new TaskRecovery(
        TOPOLOGY,
        bench.store,
        new EventPublisher(TOPOLOGY, bench.publisher, Optional::empty),
        bench.clock);
  }

  private static Result settle(TaskRecovery recovery, EngineBench bench, String taskId) {
    return recovery.settle(taskId, 1, soon(bench));
  }

  private static Deadline soon(EngineBench bench) {
    return Deadline.in(Duration.ofSeconds(10), bench.clock);
  }

  private static ReceivedMessage ofRun2(String messageId) {
    return TestTask.message(TestTask.atRun(TestTask.request(METADATA), 2), messageId, 1);
  }

  private static List<String> tasks(int number) {
    return IntStream.range(0, number).mapToObj("task_0123456789_%05d"::formatted).toList();
  }

  private static TaskDocument waiting(String taskId, StageState download) {
    TaskDocument one = TestTask.document(TaskStatus.PROCESSING, Map.of(DOWNLOAD, download));
    return new TaskDocument(
        new TaskRef(taskId, 1, one.task().traceId()),
        one.status(),
        one.input(),
        one.features(),
        one.routing(),
        one.stages(),
        one.createdAt(),
        one.runStartedAt(),
        one.updatedAt(),
        one.expiresAt());
  }

  private static void crash(EngineBench bench, String taskId, Map<String, Integer> attempts) {
    bench.work.plan(
        (_, _) -> {
          throw new Crash();
        });
    assertThatThrownBy(() -> bench.dispatch(message(taskId, attempts))).isInstanceOf(Crash.class);
  }

  /** The task's next delivery of its one message. */
  private static ReceivedMessage message(String taskId, Map<String, Integer> attempts) {
    return message(taskId, "m" + taskId, attempts);
  }

  private static ReceivedMessage message(
      String taskId, String messageId, Map<String, Integer> attempts) {
    INEvent<? extends RecognizedPayload> one = TestTask.request(METADATA);
    INEvent<? extends RecognizedPayload> event =
        new INEvent<>(
            one.eventId(),
            taskId,
            one.traceId(),
            one.timestamp(),
            one.source(),
            one.run(),
            one.schemaVersion(),
            one.payload());
    return TestTask.message(event, messageId, attempts.merge(messageId, 1, Integer::sum));
  }
}
