package dev.in.core.engine;

import static dev.in.core.task.PlannedFault.refuse;
import static dev.in.core.task.TestingTaskStore.Call.READ;
import static dev.in.core.task.TestingTaskStore.Call.UPDATE;
import static dev.in.core.testing.TestTask.START;
import static dev.in.core.testing.TestTask.completed;
import static dev.in.core.testing.TestTask.lease;
import static dev.in.core.testing.TestTask.running;
import static dev.in.events.Stage.AI;
import static dev.in.events.Stage.DOWNLOAD;
import static dev.in.events.Stage.METADATA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.in.core.engine.TaskRecovery.Result;
import dev.in.core.failure.Deadline;
import dev.in.core.publish.EventPublisher;
import dev.in.core.publish.TestingPublisher;
import dev.in.core.task.StageError;
import dev.in.core.task.StageState;
import dev.in.core.task.StageStatus;
import dev.in.core.task.TaskDocument;
import dev.in.core.task.TaskStatus;
import dev.in.core.task.TestingTaskStore;
import dev.in.core.testing.TestTask;
import dev.in.core.testing.TestTopology;
import dev.in.core.testing.TestingClock;
import dev.in.events.EventCodec;
import dev.in.events.FailureCode;
import dev.in.events.INEvent;
import dev.in.events.TaskFailed;
import dev.in.events.TaskRef;
import dev.in.topology.Topology;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What recovery does with one task. */
class TaskRecoveryTest {
  /** Maximum backoff and ack deadline: longer than a message can stay away. */
  private static final Duration STALL = Duration.ofSeconds(300 + 150);

  private final Topology topology = TestTopology.wholeChain();
  private final TestingClock clock = new TestingClock(START);
  private final TestingTaskStore store = new TestingTaskStore();
  private final TestingPublisher publisher = new TestingPublisher();
  private final TaskRecovery recovery =
      new TaskRecovery(
          topology, store, new EventPublisher(topology, publisher, Optional::empty), clock);

  @Nested
  class Settling {
    @Test
    void aTaskWithoutADocumentIsReported() {
      assertThat(settle()).isEqualTo(Result.NO_TASK);
    }

    @Test
    void anOlderRunIsLeft() {
      store.put(TestTask.atRun(waitingForMetadata(), 2));

      assertThat(settle()).isEqualTo(Result.OLDER_RUN);
      assertThat(store.calls()).containsExactly(READ);
    }

    @Test
    void ofATaskThatHasEndedOnlyItsEndIsPublishedAgain() {
      store.put(failed());

      assertThat(settle()).isEqualTo(Result.ENDED);
      assertThat(store.calls()).containsExactly(READ);
      assertThat(publisher.summary()).containsExactly("task-lifecycle-events task.failed");
    }

    @Test
    void aLiveLeaseIsLeftEvenBeyondTheDeadline() {
      store.put(with(running(lease("its", "m1", 1))));
      clock.advance(Duration.ofSeconds(89));

      assertThat(settle()).isEqualTo(Result.IN_PROGRESS);
      assertThat(publisher.published()).isEmpty();
    }

    @Test
    void aTaskThatChangedLatelyIsLeft() {
      store.put(waitingForMetadata());
      clock.advance(STALL);

      assertThat(settle()).isEqualTo(Result.IN_PROGRESS);
    }

    @Test
    void aTaskThatStandsStillGetsTheRequestItWaitsForThreeTimesAtDoublingIntervals() {
      store.put(waitingForMetadata());
      Duration gap = STALL;
      for (int nudge = 1; nudge <= 3; nudge++) {
        clock.advance(gap);
        assertThat(settle()).isEqualTo(Result.IN_PROGRESS);
        clock.advance(Duration.ofMillis(1));
        assertThat(settle()).isEqualTo(Result.NUDGED);
        assertThat(metadata().history().nudges()).isEqualTo(nudge);
        gap = gap.multipliedBy(2);
      }
      clock.advance(gap.plusMillis(1));

      assertThat(settle()).isEqualTo(Result.IN_PROGRESS);
      assertThat(publisher.summary())
          .containsExactly(
              "image-events image.downloaded",
              "metadata-topic metadata.requested",
              "image-events image.downloaded",
              "metadata-topic metadata.requested",
              "image-events image.downloaded",
              "metadata-topic metadata.requested");
      Replays.assertIdenticalPerId(publisher.published());
    }

    @Test
    void aClaimStartsTheNudgesAgain() {
      store.put(
          with(
              StageState.PENDING.nudged().nudged().nudged().claimed(lease("its", "m1", 1), START)));
      clock.advance(STALL.plusMillis(1));

      assertThat(settle()).isEqualTo(Result.NUDGED);
      assertThat(metadata().history().nudges()).isEqualTo(1);
    }

    @Test
    void aDownloadWhoseMessageIsLostIsRequestedAgain() {
      store.put(TestTask.document(TaskStatus.PROCESSING, Map.of()));
      clock.advance(STALL.plusMillis(1));

      assertThat(settle()).isEqualTo(Result.NUDGED);
      assertThat(publisher.summary()).containsExactly("download-topic download.requested");
      assertThat(publisher.published().getFirst().attributes())
          .containsEntry("eventId", TestTask.request(DOWNLOAD).eventId().toString());
    }

    @Test
    void atItsDeadlineATaskFails() {
      store.put(waitingForMetadata());
      clock.advance(Duration.ofHours(6));

      assertThat(settle()).isEqualTo(Result.TIMED_OUT);

      assertThat(document().status()).isEqualTo(TaskStatus.FAILED);
      assertThat(metadata().error().map(StageError::code)).contains(FailureCode.TIMED_OUT);
      assertThat(document().downloadOutput()).isPresent();
      assertThat(publisher.summary())
          .containsExactly("image-events image.downloaded", "task-lifecycle-events task.failed");
    }

    /** The stage before it must have published, or it would not have started. */
    @Test
    void aStageThatHasStartedEndsAlone() {
      store.put(with(running(lease("its", "m1", 1)).released("once")));
      clock.advance(Duration.ofHours(6));

      assertThat(settle()).isEqualTo(Result.TIMED_OUT);
      assertThat(publisher.summary()).containsExactly("task-lifecycle-events task.failed");
    }

    @Test
    void ofACompletedTaskTheLastStagesEventIsPublishedAgainToo() {
      store.put(finished());

      assertThat(settle()).isEqualTo(Result.ENDED);
      assertThat(publisher.summary())
          .containsExactly("image-events ai.analyzed", "task-lifecycle-events task.completed");
    }

    @Test
    void whoeverWritesAtTheSameTimeWins() {
      store.put(waitingForMetadata());
      store.plan(UPDATE, refuse());
      clock.advance(Duration.ofHours(6));

      assertThat(settle()).isEqualTo(Result.CONTENDED);
      assertThat(publisher.published()).isEmpty();
    }

    private Result settle() {
      return recovery.settle(TestTask.ID, 1, soon());
    }
  }

  @Nested
  class Redriving {
    @Test
    void onlyTheStageThatFailedIsDoneAgainInTheNextRun() {
      store.put(failed());
      clock.advance(Duration.ofHours(9));

      assertThat(redrive(2)).isEqualTo(Result.REDRIVEN);

      assertThat(document().status()).isEqualTo(TaskStatus.PROCESSING);
      assertThat(document().task().run()).isEqualTo(2);
      assertThat(document().runStartedAt()).isEqualTo(START.plus(Duration.ofHours(9)));
      assertThat(document().stage(DOWNLOAD)).isEqualTo(completed(DOWNLOAD));
      assertThat(metadata()).isEqualTo(StageState.PENDING);
      assertThat(publisher.summary())
          .containsExactly("image-events image.downloaded", "metadata-topic metadata.requested");
      assertThat(publisher.published().stream().map(message -> message.attributes().get("run")))
          .containsExactly("1", "2");
    }

    @Test
    void aRepeatedCommandPublishesTheRequestAgainUntilItsStageHasStarted() {
      store.put(failed());
      redrive(2);

      assertThat(redrive(2)).isEqualTo(Result.REDRIVEN);
      Replays.assertIdenticalPerId(publisher.published());
      assertThat(publisher.summary())
          .containsExactly(
              "image-events image.downloaded",
              "metadata-topic metadata.requested",
              "image-events image.downloaded",
              "metadata-topic metadata.requested");

      store.put(
          document().with(METADATA, running(lease("its", "m1", 1)), TaskStatus.PROCESSING, START));
      assertThat(redrive(2)).isEqualTo(Result.IN_PROGRESS);
      assertThat(document().task().run()).isEqualTo(2);
    }

    @Test
    void aTaskThatHasNotFailedIsLeft() {
      store.put(waitingForMetadata());

      assertThat(redrive(2)).isEqualTo(Result.NOT_FAILED);
      assertThat(redrive(1)).isEqualTo(Result.REDRIVEN); // its request may be missing
      assertThat(document()).isEqualTo(waitingForMetadata());
    }

    @Test
    void runsAreNotSkippedNorRepeated() {
      store.put(failed());

      assertThat(redrive(3)).isEqualTo(Result.NOT_FAILED);
      assertThat(publisher.published()).isEmpty();
      assertThat(document()).isEqualTo(failed());
    }

    @Test
    void theEndOfTheSameOrANewerRunIsPublishedAgain() {
      store.put(failed());
      assertThat(redrive(1)).isEqualTo(Result.ENDED);
      assertThat(document()).isEqualTo(failed());

      store.put(TestTask.atRun(failed(), 4));
      assertThat(redrive(3)).isEqualTo(Result.OLDER_RUN);

      assertThat(publisher.summary())
          .containsExactly(
              "task-lifecycle-events task.failed", "task-lifecycle-events task.failed");
      assertThat(publisher.published().stream().map(message -> message.attributes().get("run")))
          .containsExactly("1", "4");
    }

    @Test
    void aNewerRunThatGoesOnReportsItself() {
      store.put(TestTask.atRun(waitingForMetadata(), 4));

      assertThat(redrive(3)).isEqualTo(Result.OLDER_RUN);
      assertThat(publisher.published()).isEmpty();
    }

    @Test
    void aTaskThatHasCompletedEndsTheNewRunAsCompleted() {
      store.put(finished());

      assertThat(redrive(2)).isEqualTo(Result.NOT_FAILED);
      assertThat(redrive(2)).isEqualTo(Result.ENDED); // delivered again

      assertThat(document().task().run()).isEqualTo(2);
      assertThat(document().status()).isEqualTo(TaskStatus.COMPLETED);
      assertThat(document().stages()).isEqualTo(finished().stages());
      assertThat(publisher.summary())
          .containsExactly(
              "task-lifecycle-events task.completed", "task-lifecycle-events task.completed");
      Replays.assertIdenticalPerId(publisher.published());
      assertThat(publisher.published().getFirst().attributes()).containsEntry("run", "2");
    }

    @Test
    void withoutADocumentTheNewRunFails() throws Exception {
      assertThat(redrive(2)).isEqualTo(Result.NO_TASK);
      TaskRef run = new TaskRef(TestTask.ID, 2, TestTask.REF.traceId());
      recovery.endWithoutDocument(run, START, TestTask.ROUTING, soon());
      clock.advance(Duration.ofHours(1));
      recovery.endWithoutDocument(run, START, TestTask.ROUTING, soon());

      assertThat(publisher.published()).hasSize(2);
      Replays.assertIdenticalPerId(publisher.published());
      INEvent<?> event = EventCodec.read(publisher.published().getFirst().data());
      assertThat(event.task()).isEqualTo(run);
      assertThat(event.timestamp()).isEqualTo(START);
      assertThat(event.source()).isEqualTo("recovery");
      assertThat(event.payload())
          .isEqualTo(
              new TaskFailed(
                  "download",
                  FailureCode.TIMED_OUT,
                  "The task is too old to run again: its state has expired."));
      assertThat(publisher.published().getFirst().attributes())
          .containsEntry("owner", TestTask.ROUTING.owner())
          .containsEntry("run", "2");
    }

    private Result redrive(int run) {
      return recovery.redrive(TestTask.ID, run, soon());
    }
  }

  @Nested
  class Cancelling {
    @Test
    void aTaskFailsAndKeepsWhatItHas() {
      store.put(with(running(lease("its", "m1", 1))));

      assertThat(recovery.cancel(TestTask.ID, soon())).isEqualTo(Result.CANCELLED);

      assertThat(metadata().status()).isEqualTo(StageStatus.FAILED);
      assertThat(metadata().error().map(StageError::code)).contains(FailureCode.CANCELLED);
      assertThat(document().stage(AI)).isEqualTo(StageState.PENDING);
      assertThat(publisher.summary()).containsExactly("task-lifecycle-events task.failed");
    }

    @Test
    void aTaskThatHasEndedStaysAsItIs() {
      store.put(failed());

      assertThat(recovery.cancel(TestTask.ID, soon())).isEqualTo(Result.ENDED);
      assertThat(document()).isEqualTo(failed());
    }

    @Test
    void aTaskThatIsNotThereIsReported() {
      assertThat(recovery.cancel(TestTask.ID, soon())).isEqualTo(Result.NO_TASK);
    }
  }

  @Test
  void aDeletedTaskCannotBeCreatedAgain() {
    store.put(waitingForMetadata());

    assertThat(recovery.delete(TestTask.ID, soon())).isEqualTo(Result.DELETED);

    assertThat(store.document(TestTask.ID)).isEmpty();
    assertThat(store.create(waitingForMetadata(), soon())).isEmpty();
    assertThat(recovery.settle(TestTask.ID, 1, soon())).isEqualTo(Result.NO_TASK);
  }

  private static TaskDocument waitingForMetadata() {
    return with(StageState.PENDING);
  }

  private static TaskDocument with(StageState metadata) {
    return TestTask.document(
        TaskStatus.PROCESSING, Map.of(DOWNLOAD, completed(DOWNLOAD), METADATA, metadata));
  }

  private static TaskDocument failed() {
    return with(running(lease("its", "m1", 1)))
        .failed(
            METADATA,
            new StageError(FailureCode.CORRUPT_IMAGE, "No header can be read."),
            START.plusSeconds(3));
  }

  private static TaskDocument finished() {
    return TestTask.document(
        TaskStatus.COMPLETED,
        Map.of(DOWNLOAD, completed(DOWNLOAD), METADATA, completed(METADATA), AI, completed(AI)));
  }

  private TaskDocument document() {
    return store.document(TestTask.ID).orElseThrow();
  }

  private StageState metadata() {
    return document().stage(METADATA);
  }

  private Deadline soon() {
    return Deadline.in(Duration.ofSeconds(30), clock);
  }
}
