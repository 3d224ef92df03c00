package dev.in.core.engine;

import static dev.in.core.engine.StageEngineTest.benchAt;
import static dev.in.core.task.PlannedFault.after;
import static dev.in.core.task.PlannedFault.failAfter;
import static dev.in.core.task.PlannedFault.failBefore;
import static dev.in.core.task.PlannedFault.retryAfterEffect;
import static dev.in.core.task.TestingTaskStore.Call.CREATE;
import static dev.in.core.task.TestingTaskStore.Call.READ;
import static dev.in.core.task.TestingTaskStore.Call.UPDATE;
import static dev.in.core.testing.TestTask.completed;
import static dev.in.core.testing.TestTask.output;
import static dev.in.events.Stage.AI;
import static dev.in.events.Stage.DOWNLOAD;
import static dev.in.events.Stage.METADATA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.in.core.engine.TestingWork.Crash;
import dev.in.core.failure.PermanentFailure;
import dev.in.core.handler.Outcome;
import dev.in.core.handler.Outcome.Ack;
import dev.in.core.handler.Outcome.Nack;
import dev.in.core.task.PlannedFault;
import dev.in.core.task.StageError;
import dev.in.core.task.StageHistory;
import dev.in.core.task.StageState;
import dev.in.core.task.StageStatus;
import dev.in.core.task.TaskDocument;
import dev.in.core.task.TaskStatus;
import dev.in.core.task.TestingTaskStore.Call;
import dev.in.core.testing.TestTask;
import dev.in.events.FailureCode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The engine's steps when something between them fails. */
class StageEngineFaultsTest {
  private static final Nack NACK = new Nack("transient failure");
  private static final Duration LEASE = Duration.ofSeconds(90);

  @Nested
  class LostAnswers {
    @Test
    void aCreateWhoseAnswerWasLostAndThatWasTriedAgainIsRecognised() {
      EngineBench bench = new EngineBench(DOWNLOAD);
      bench.store.plan(CREATE, retryAfterEffect());

      assertThat(bench.deliver("m1", 1)).isEqualTo(new Ack("done"));

      assertThat(bench.store.calls()).containsExactly(CREATE, READ, UPDATE);
      assertThat(bench.work.times()).isEqualTo(1);
      assertThat(bench.state().attempts()).isEqualTo(1);
      assertThat(bench.state().history().leaseExpiries()).isZero();
    }

    @Test
    void aClaimWhoseAnswerWasLostAndThatWasTriedAgainIsRecognised() {
      EngineBench bench = benchAt(METADATA);
      bench.store.plan(UPDATE, retryAfterEffect());

      assertThat(bench.deliver("m1", 1)).isEqualTo(new Ack("done"));

      assertThat(bench.store.calls()).containsExactly(READ, UPDATE, READ, UPDATE);
      assertThat(bench.work.times()).isEqualTo(1);
      assertThat(bench.state().attempts()).isEqualTo(1);
      assertThat(bench.state().history().leaseExpiries()).isZero();
    }

    @Test
    void aCompletionWhoseAnswerWasLostAndThatWasTriedAgainIsPublished() {
      EngineBench bench = new EngineBench(DOWNLOAD);
      bench.store.plan(UPDATE, retryAfterEffect());

      assertThat(bench.deliver("m1", 1)).isEqualTo(new Ack("stage completed"));

      assertThat(bench.store.calls()).containsExactly(CREATE, UPDATE, READ);
      assertThat(bench.work.times()).isEqualTo(1);
      assertThat(bench.publisher.summary())
          .containsExactly("image-events image.downloaded", "metadata-topic metadata.requested");
    }

    @Test
    void aFailureWhoseAnswerWasLostAndThatWasTriedAgainIsPublished() {
      EngineBench bench = benchAt(METADATA);
      bench.work.plan(corrupt());
      bench.store.plan(UPDATE, after(() -> {}));
      bench.store.plan(UPDATE, retryAfterEffect());

      assertThat(bench.deliver("m1", 1)).isEqualTo(new Ack("task ended"));

      assertThat(bench.publisher.summary()).containsExactly("task-lifecycle-events task.failed");
    }

    @Test
    void aCompletionRefusedBecauseTheDocumentWasTouchedIsRecordedWithoutWorkingAgain() {
      EngineBench bench = benchAt(METADATA);
      bench.work.plan(
          (_, _) -> {
            bench.store.put(bench.document());
            return output(METADATA);
          });

      assertThat(bench.deliver("m1", 1)).isEqualTo(new Ack("done"));

      assertThat(bench.store.calls()).containsExactly(READ, UPDATE, UPDATE, READ, UPDATE);
      assertThat(bench.work.times()).isEqualTo(1);
    }

    @Test
    void aCreateWhoseOutcomeIsUnknownIsLookedFor() {
      EngineBench bench = new EngineBench(DOWNLOAD);
      bench.store.plan(CREATE, failAfter());

      assertThat(bench.deliver("m1", 1)).isEqualTo(new Ack("done"));

      assertThat(bench.store.calls()).containsExactly(CREATE, READ, UPDATE);
      assertThat(bench.state().attempts()).isEqualTo(1);
    }

    @Test
    void aCreateThatFailedIsMadeAgain() {
      EngineBench bench = new EngineBench(DOWNLOAD);
      bench.store.plan(CREATE, failBefore());

      assertThat(bench.deliver("m1", 1)).isEqualTo(new Ack("done"));

      assertThat(bench.store.calls()).containsExactly(CREATE, READ, CREATE, UPDATE);
    }

    @Test
    void aCreateThatKeepsFailingLeavesNothing() {
      EngineBench bench = new EngineBench(DOWNLOAD);
      planOften(bench, CREATE, failBefore());

      assertThat(bench.deliver("m1", 1)).isEqualTo(new Nack("the task stayed busy"));

      assertThat(bench.store.document(TestTask.ID)).isEmpty();
      assertThat(bench.work.times()).isZero();
    }

    @Test
    void aClaimWhoseOutcomeIsUnknownIsLookedFor() {
      EngineBench bench = benchAt(METADATA);
      bench.store.plan(UPDATE, failAfter());

      assertThat(bench.deliver("m1", 1)).isEqualTo(new Ack("done"));

      assertThat(bench.state().attempts()).isEqualTo(1);
    }

    @Test
    void aReadThatFailsLeavesNothing() {
      EngineBench bench = benchAt(METADATA);
      bench.store.plan(READ, failBefore());

      assertThat(bench.deliver("m1", 1)).isEqualTo(NACK);
      assertThat(bench.deliver("m1", 2)).isEqualTo(new Ack("done"));
      assertThat(bench.state().attempts()).isEqualTo(1);
    }

    @Test
    void aCompletionWhoseOutcomeIsUnknownIsLookedForAndPublished() {
      EngineBench bench = new EngineBench(DOWNLOAD);
      bench.store.plan(UPDATE, failAfter());

      assertThat(bench.deliver("m1", 1)).isEqualTo(new Ack("stage completed"));

      assertThat(bench.store.calls()).containsExactly(CREATE, UPDATE, READ);
      assertThat(bench.work.times()).isEqualTo(1);
      assertThat(bench.publisher.summary())
          .containsExactly("image-events image.downloaded", "metadata-topic metadata.requested");
    }

    @Test
    void aCompletionThatFailedIsWrittenAgainWithoutWorkingAgain() {
      EngineBench bench = benchAt(METADATA);
      bench.store.plan(UPDATE, after(() -> {}));
      for (int i = 0; i < 5; i++) {
        bench.store.plan(UPDATE, failBefore());
        bench.store.plan(READ, after(() -> {}));
        bench.store.plan(READ, failBefore());
      }

      assertThat(bench.deliver("m1", 1)).isEqualTo(new Ack("done"));

      assertThat(bench.work.times()).isEqualTo(1);
      assertThat(bench.state().status()).isEqualTo(StageStatus.COMPLETED);
    }

    /** Five deliveries whose claim goes well and whose completion fails at first. */
    @Test
    void completionsThatFailNeverAddUpToAVerdict() {
      for (int delivery = 1; delivery <= 6; delivery++) {
        EngineBench bench = benchAt(METADATA);
        bench.store.put(
            bench
                .document()
                .with(METADATA, expiries(delivery - 1), TaskStatus.PROCESSING, TestTask.START));
        bench.clock.advance(LEASE);
        bench.store.plan(UPDATE, after(() -> {}));
        bench.store.plan(UPDATE, failBefore());

        assertThat(bench.deliver("m1", delivery)).isEqualTo(new Ack("done"));
        assertThat(bench.state().history().leaseExpiries()).isZero();
      }
    }

    /** Six deliveries in a row whose completion never succeeds, and one more. */
    @Test
    void deliveriesThatCannotRecordAnythingNeverAddUpToAVerdict() {
      EngineBench bench = benchAt(METADATA);
      for (int delivery = 1; delivery <= 6; delivery++) {
        bench.store.plan(UPDATE, after(() -> {}));
        planOften(bench, UPDATE, failBefore());
        assertThat(bench.deliver("m1", delivery)).isEqualTo(NACK);
        bench.store.planNothing();
        assertThat(bench.state().status()).isEqualTo(StageStatus.RUNNING);
        assertThat(bench.state().history().leaseExpiries()).isZero();
      }

      assertThat(bench.deliver("m1", 7)).isEqualTo(new Ack("done"));
      assertThat(bench.state().status()).isEqualTo(StageStatus.COMPLETED);
      assertThat(bench.instance.entered()).containsOnly(false);
    }

    @Test
    void aSuccessThatCannotBeWrittenInTimeComesBack() {
      EngineBench bench = benchAt(METADATA);
      bench.store.plan(UPDATE, after(() -> {}));
      planOften(bench, UPDATE, failBefore());

      assertThat(bench.deliver("m1", 1)).isEqualTo(NACK);

      assertThat(bench.work.times()).isEqualTo(1);
      assertThat(bench.publisher.published()).isEmpty();
      assertThat(bench.clock.instant())
          .isBetween(TestTask.START.plusSeconds(110), TestTask.START.plusSeconds(120));
    }

    private static StageState expiries(int times) {
      StageState state = StageState.PENDING;
      for (int i = 0; i < times; i++) {
        state = state.claimed(TestTask.lease("gone", "m1", i), TestTask.START);
      }
      return state;
    }
  }

  @Nested
  class Publishing {
    @Test
    void withoutTheEventThereIsNoTaskMessage() {
      EngineBench bench = benchAt(METADATA);
      bench.publisher.failAfter(0);

      assertThat(bench.deliver("m1", 1)).isEqualTo(NACK);

      assertThat(bench.publisher.published()).isEmpty();
      assertThat(bench.state().status()).isEqualTo(StageStatus.COMPLETED);
    }

    @Test
    void theNextDeliveryPublishesTheSameBytes() {
      EngineBench bench = benchAt(METADATA);
      bench.publisher.loseAnswerAfter(0);
      bench.publisher.loseAnswerAfter(1);

      assertThat(bench.deliver("m1", 1)).isEqualTo(NACK);
      bench.clock.advance(Duration.ofMinutes(3));
      assertThat(bench.deliver("m1", 2)).isEqualTo(NACK);
      bench.clock.advance(Duration.ofMinutes(3));
      assertThat(bench.deliver("m1", 3)).isEqualTo(new Ack("stage completed"));

      assertThat(bench.publisher.summary())
          .containsExactly(
              "image-events metadata.extracted",
              "image-events metadata.extracted",
              "ai-topic ai.requested",
              "image-events metadata.extracted",
              "ai-topic ai.requested");
      Replays.assertIdenticalPerId(bench.publisher.published());
      assertThat(bench.work.times()).isEqualTo(1);
    }

    @Test
    void howATaskEndedIsPublishedAgainAsItWas() {
      EngineBench bench = benchAt(AI);
      bench.publisher.loseAnswerAfter(0);

      assertThat(bench.deliver("m1", 1)).isEqualTo(NACK);
      bench.clock.advance(Duration.ofMinutes(3));
      assertThat(bench.deliver("m1", 2)).isEqualTo(new Ack("task ended"));

      assertThat(bench.publisher.summary())
          .containsExactly(
              "image-events ai.analyzed",
              "task-lifecycle-events task.completed",
              "image-events ai.analyzed",
              "task-lifecycle-events task.completed");
      Replays.assertIdenticalPerId(bench.publisher.published());
    }
  }

  @Nested
  class Takeovers {
    @Test
    void theOldHoldersResultIsRefusedAndWhatWasRecordedIsPublished() {
      EngineBench bench = new EngineBench(DOWNLOAD);
      List<Outcome> inner = new ArrayList<>();
      bench.work.plan(
          (_, _) -> {
            inner.add(bench.deliver("m1", 2));
            bench.clock.advance(Duration.ofSeconds(10));
            return TestTask.otherDownload();
          });

      assertThat(bench.deliver("m1", 1)).isEqualTo(new Ack("stage completed"));

      assertThat(inner).containsExactly(new Ack("done"));
      assertThat(bench.state().output()).contains(output(DOWNLOAD));
      assertThat(bench.publisher.published()).hasSize(4);
      Replays.assertIdenticalPerId(bench.publisher.published());
    }

    @Test
    void aLateSuccessIsWrittenOnTopOfAnothersClaim() {
      EngineBench bench = new EngineBench(DOWNLOAD);
      bench.work.plan(
          (_, _) -> {
            bench.work.plan(
                (_, _) -> {
                  throw new Crash();
                });
            assertThatThrownBy(() -> bench.deliver("m1", 2)).isInstanceOf(Crash.class);
            return TestTask.otherDownload();
          });

      assertThat(bench.deliver("m1", 1)).isEqualTo(new Ack("done"));

      assertThat(bench.state().output()).contains(TestTask.otherDownload());
      assertThat(bench.state().lease().orElseThrow().token()).isEqualTo("token-1");
      assertThat(bench.state().history().leaseExpiries()).isZero();
      assertThat(bench.publisher.published()).hasSize(2);
    }

    @Test
    void aLateSuccessOfAnOlderRunIsDropped() {
      EngineBench bench = benchAt(METADATA);
      bench.work.plan(
          (_, _) -> {
            bench.store.put(TestTask.atRun(bench.document(), 2));
            return output(METADATA);
          });

      assertThat(bench.deliver("m1", 1)).isEqualTo(new Ack("older run"));

      assertThat(bench.publisher.published()).isEmpty();
    }

    @Test
    void aLateSuccessOfATaskThatHasEndedIsDroppedAndItsEndPublished() {
      EngineBench bench = benchAt(METADATA);
      bench.work.plan(
          (_, _) -> {
            bench.store.put(
                bench
                    .document()
                    .failed(
                        METADATA, new StageError(FailureCode.TIMED_OUT, "Late."), TestTask.START));
            return output(METADATA);
          });

      assertThat(bench.deliver("m1", 1)).isEqualTo(new Ack("task ended"));

      assertThat(bench.publisher.summary()).containsExactly("task-lifecycle-events task.failed");
    }

    @Test
    void aHolderThatStallsPastItsLeaseDoesNotFailTheTaskOfTheNext() {
      EngineBench bench = benchAt(METADATA);
      bench.work.plan(
          (task, budget) -> {
            bench.clock.advance(LEASE);
            bench.work.plan(
                (_, _) -> {
                  throw new Crash();
                });
            assertThatThrownBy(() -> bench.deliver("m2", 1)).isInstanceOf(Crash.class);
            return corrupt().work(task, budget);
          });

      assertThat(bench.deliver("m1", 1)).isEqualTo(new Ack("another message holds the lease"));

      assertThat(bench.document().status()).isEqualTo(TaskStatus.PROCESSING);
      assertThat(bench.state().lease().orElseThrow().token()).isEqualTo("token-2");
      assertThat(bench.publisher.published()).isEmpty();
    }

    @Test
    void theOldHoldersFaultDoesNotReleaseTheNewOnesLease() {
      EngineBench bench = new EngineBench(DOWNLOAD);
      bench.work.plan(
          (_, _) -> {
            bench.work.plan(
                (_, _) -> {
                  throw new Crash();
                });
            assertThatThrownBy(() -> bench.deliver("m1", 2)).isInstanceOf(Crash.class);
            throw new IOException("Storage is away");
          });

      assertThat(bench.deliver("m1", 1)).isEqualTo(NACK);

      assertThat(bench.state().status()).isEqualTo(StageStatus.RUNNING);
      assertThat(bench.state().lease().orElseThrow().token()).isEqualTo("token-2");
    }

    @Test
    void theOldHoldersPermanentFailureDoesNotFailTheTask() {
      EngineBench bench = benchAt(METADATA);
      bench.work.plan(
          (task, budget) -> {
            assertThat(bench.deliver("m1", 2)).isEqualTo(new Ack("done"));
            return corrupt().work(task, budget);
          });

      assertThat(bench.deliver("m1", 1)).isEqualTo(new Ack("stage completed"));

      assertThat(bench.document().status()).isEqualTo(TaskStatus.PROCESSING);
      assertThat(bench.publisher.summary()).doesNotContain("task-lifecycle-events task.failed");
    }
  }

  @Nested
  class Duplicates {
    @Test
    void aDuplicateWaitsForTheHolderAndPublishesWhatItMayHaveLeftOut() {
      EngineBench bench = benchAt(METADATA);
      bench.store.put(held(bench, 1));
      bench.instance.atPause(
          () ->
              bench.store.put(
                  bench
                      .document()
                      .with(
                          METADATA,
                          completed(METADATA, "m1"),
                          TaskStatus.PROCESSING,
                          TestTask.START)));

      assertThat(bench.deliver("m1", 1)).isEqualTo(new Ack("stage completed"));

      assertThat(bench.work.times()).isZero();
      assertThat(bench.publisher.summary())
          .containsExactly("image-events metadata.extracted", "ai-topic ai.requested");
    }

    @Test
    void aDuplicateDoesNotEvictTheHolderAndTakesOverWhenTheLeaseExpires() {
      EngineBench bench = benchAt(METADATA);
      bench.store.put(held(bench, 1));

      assertThat(bench.deliver("m1", 1)).isEqualTo(new Ack("done"));

      assertThat(bench.state().startedAt().orElseThrow())
          .isBetween(TestTask.START.plus(LEASE), TestTask.START.plus(LEASE).plusSeconds(3));
      assertThat(bench.instance.entered()).containsExactly(true);
    }

    @Test
    void anInstanceThatShutsDownLetsDuplicatesGo() {
      EngineBench bench = benchAt(METADATA);
      bench.store.put(held(bench, 1));
      bench.instance.atPause(bench.instance::stop);

      assertThat(bench.deliver("m1", 1)).isEqualTo(new Nack("shutting down"));
    }

    private static TaskDocument held(EngineBench bench, int attempt) {
      return bench
          .document()
          .with(
              METADATA,
              TestTask.running(TestTask.lease("other", "m1", attempt)),
              TaskStatus.PROCESSING,
              TestTask.START);
    }
  }

  @Nested
  class Time {
    @Test
    void aSlowClaimLeavesLessTimeToWorkAndAlwaysEnoughToRecord() {
      EngineBench bench = benchAt(METADATA);
      bench.store.plan(UPDATE, after(() -> bench.clock.advance(Duration.ofSeconds(40))));
      bench.work.plan(
          (_, budget) -> {
            assertThat(budget.at()).isEqualTo(TestTask.START.plusSeconds(90 - 15));
            return output(METADATA);
          });

      assertThat(bench.deliver("m1", 1)).isEqualTo(new Ack("done"));
    }

    @Test
    void whereThereIsNoRoomTheStageIsNotClaimed() {
      EngineBench bench = benchAt(METADATA);
      bench.instance.fill();

      assertThat(bench.deliver("m1", 1)).isEqualTo(new Nack("the instance is busy"));

      assertThat(bench.state()).isEqualTo(StageState.PENDING);
    }
  }

  @Nested
  class TransientFailures {
    @Test
    void theLeaseIsReleasedWithTheError() {
      EngineBench bench = benchAt(METADATA);
      bench.work.plan(away());

      assertThat(bench.deliver("m1", 1)).isEqualTo(NACK);

      assertThat(bench.state().status()).isEqualTo(StageStatus.PENDING);
      assertThat(bench.state().lease()).isEmpty();
      assertThat(bench.state().lastError()).contains("IOException: Storage is away");
      assertThat(bench.document().status()).isEqualTo(TaskStatus.PROCESSING);
      assertThat(bench.publisher.published()).isEmpty();
    }

    @Test
    void theyNeverAddUpToAVerdict() {
      EngineBench bench = benchAt(METADATA);
      for (int attempt = 1; attempt <= 100; attempt++) {
        bench.work.plan(away());
        assertThat(bench.deliver("m1", attempt)).isEqualTo(NACK);
        bench.clock.advance(Duration.ofMinutes(5));
      }

      assertThat(bench.deliver("m1", 101)).isEqualTo(new Ack("done"));
      assertThat(bench.state().attempts()).isEqualTo(101);
      assertThat(bench.state().history().leaseExpiries()).isZero();
      assertThat(bench.state().lastError()).contains("IOException: Storage is away");
    }

    @Test
    void aReleaseThatFailsIsTriedAgain() {
      EngineBench bench = benchAt(METADATA);
      bench.work.plan(away());
      bench.store.plan(UPDATE, after(() -> {}));
      bench.store.plan(UPDATE, failBefore());

      assertThat(bench.deliver("m1", 1)).isEqualTo(NACK);

      assertThat(bench.state().status()).isEqualTo(StageStatus.PENDING);
    }

    @Test
    void aLeaseThatCannotBeReleasedCountsAsReleasedInThisInstance() {
      EngineBench bench = benchAt(METADATA);
      bench.work.plan(away());
      bench.store.plan(UPDATE, after(() -> {}));
      planOften(bench, UPDATE, failBefore());

      assertThat(bench.deliver("m1", 0)).isEqualTo(NACK);
      assertThat(bench.state().status()).isEqualTo(StageStatus.RUNNING);
      bench.store.planNothing();
      assertThat(bench.deliver("m1", 0)).isEqualTo(new Ack("done"));
      assertThat(bench.instance.entered()).containsExactly(false, false);
    }
  }

  @Nested
  class UnexpectedErrors {
    @Test
    void threeInARowOverFifteenMinutesAreInternal() {
      EngineBench bench = benchAt(METADATA);
      fail(bench, 1, Duration.ofMinutes(14));
      fail(bench, 2, Duration.ofMinutes(1));
      bench.work.plan(bug());

      assertThat(bench.deliver("m1", 3)).isEqualTo(new Ack("failed"));

      assertThat(bench.state().error().map(StageError::code)).contains(FailureCode.INTERNAL);
      assertThat(bench.publisher.summary()).containsExactly("task-lifecycle-events task.failed");
    }

    @Test
    void manyWithinFifteenMinutesAreNot() {
      EngineBench bench = benchAt(METADATA);
      for (int attempt = 1; attempt <= 14; attempt++) {
        fail(bench, attempt, Duration.ofMinutes(1));
      }

      assertThat(bench.state().history().unexpectedErrors())
          .contains(new StageHistory.UnexpectedErrors(14, TestTask.START));
      assertThat(bench.state().lastError()).contains("IllegalStateException: a bug");
      assertThat(bench.deliver("m1", 15)).isEqualTo(new Ack("done"));
    }

    @Test
    void twoAreNotHoweverFarApart() {
      EngineBench bench = benchAt(METADATA);
      fail(bench, 1, Duration.ofHours(1));
      fail(bench, 2, Duration.ZERO);

      assertThat(bench.document().status()).isEqualTo(TaskStatus.PROCESSING);
    }

    @Test
    void aTransientFailureBetweenThemEndsTheRow() {
      EngineBench bench = benchAt(METADATA);
      fail(bench, 1, Duration.ofMinutes(20));
      fail(bench, 2, Duration.ofMinutes(20));
      bench.work.plan(away());
      assertThat(bench.deliver("m1", 3)).isEqualTo(NACK);
      fail(bench, 4, Duration.ZERO);

      assertThat(bench.document().status()).isEqualTo(TaskStatus.PROCESSING);
      assertThat(bench.state().history().unexpectedErrors().orElseThrow().count()).isEqualTo(1);
    }

    private static void fail(EngineBench bench, int attempt, Duration later) {
      bench.work.plan(bug());
      assertThat(bench.deliver("m1", attempt)).isEqualTo(new Nack("unexpected error"));
      bench.clock.advance(later);
    }

    private static TestingWork.Step bug() {
      return (_, _) -> {
        throw new IllegalStateException("a bug");
      };
    }
  }

  @Nested
  class PermanentFailures {
    @Test
    void theyEndTheTaskAndAreAcked() {
      EngineBench bench = benchAt(METADATA);
      bench.work.plan(corrupt());

      assertThat(bench.deliver("m1", 1)).isEqualTo(new Ack("failed"));

      assertThat(bench.document().status()).isEqualTo(TaskStatus.FAILED);
      assertThat(bench.state().status()).isEqualTo(StageStatus.FAILED);
      assertThat(bench.state().error())
          .contains(new StageError(FailureCode.CORRUPT_IMAGE, "No header can be read."));
      assertThat(bench.state().completedAt()).contains(TestTask.START);
      assertThat(bench.publisher.summary()).containsExactly("task-lifecycle-events task.failed");
      assertThat(bench.publisher.published().getFirst().data())
          .asString()
          .contains(
              "\"payload\":{\"stage\":\"metadata\",\"code\":\"corrupt_image\","
                  + "\"message\":\"No header can be read.\"}");
    }

    @Test
    void theyArePublishedAgainUntilPubSubHasThem() {
      EngineBench bench = benchAt(METADATA);
      bench.work.plan(corrupt());
      bench.publisher.failAfter(0);
      bench.publisher.loseAnswerAfter(0);

      assertThat(bench.deliver("m1", 1)).isEqualTo(NACK);
      assertThat(bench.deliver("m1", 2)).isEqualTo(NACK);
      bench.clock.advance(Duration.ofMinutes(1));
      assertThat(bench.deliver("m1", 3)).isEqualTo(new Ack("task ended"));

      assertThat(bench.publisher.summary())
          .containsExactly(
              "task-lifecycle-events task.failed", "task-lifecycle-events task.failed");
      Replays.assertIdenticalPerId(bench.publisher.published());
      assertThat(bench.work.times()).isEqualTo(1);
    }
  }

  /** A process that ends at work: it reports nothing and releases nothing. */
  @Nested
  class Crashes {
    @Test
    void oneBesideOtherWorkAndFiveAloneEndTheTask() {
      EngineBench bench = benchAt(METADATA);
      crash(bench, 6);

      assertThat(bench.deliver("m1", 7)).isEqualTo(new Ack("failed"));

      assertThat(bench.instance.entered()).containsExactly(false, true, true, true, true, true);
      assertThat(bench.work.times()).isEqualTo(6);
      assertThat(bench.state().attempts()).isEqualTo(6);
      assertThat(bench.state().error().map(StageError::code))
          .contains(FailureCode.ATTEMPTS_EXHAUSTED);
      assertThat(bench.document().status()).isEqualTo(TaskStatus.FAILED);
      assertThat(bench.publisher.summary()).containsExactly("task-lifecycle-events task.failed");
    }

    @Test
    void oneLessDoesNot() {
      EngineBench bench = benchAt(METADATA);
      crash(bench, 5);

      assertThat(bench.deliver("m1", 6)).isEqualTo(new Ack("done"));
      assertThat(bench.state().history().leaseExpiries()).isZero();
    }

    @Test
    void aReleaseInBetweenStartsTheCountAgain() {
      EngineBench bench = benchAt(METADATA);
      crash(bench, 5);
      bench.work.plan(away());
      assertThat(bench.deliver("m1", 6)).isEqualTo(NACK);

      assertThat(bench.state().history().leaseExpiries()).isZero();
      assertThat(bench.deliver("m1", 7)).isEqualTo(new Ack("done"));
      assertThat(bench.instance.entered().getLast()).isFalse();
    }

    @Test
    void theEndCostsOneWrite() {
      EngineBench bench = benchAt(METADATA);
      crash(bench, 6);
      int before = bench.store.calls().size();

      bench.deliver("m1", 7);

      assertThat(bench.store.calls().subList(before, bench.store.calls().size()))
          .containsExactly(READ, UPDATE);
    }

    @Test
    void theEndIsNotRecordedOverSomeoneElsesRelease() {
      EngineBench bench = benchAt(METADATA);
      crash(bench, 6);
      bench.store.plan(
          UPDATE,
          after(
              () ->
                  bench.store.put(
                      bench
                          .document()
                          .with(
                              METADATA,
                              bench.state().released("not dead after all"),
                              TaskStatus.PROCESSING,
                              TestTask.START))));

      assertThat(bench.deliver("m1", 7)).isEqualTo(new Ack("done"));
      assertThat(bench.document().status()).isEqualTo(TaskStatus.PROCESSING);
      assertThat(bench.work.times()).isEqualTo(7);
    }

    private static void crash(EngineBench bench, int times) {
      for (int attempt = 1; attempt <= times; attempt++) {
        bench.work.plan(
            (_, _) -> {
              throw new Crash();
            });
        int delivery = attempt;
        assertThatThrownBy(() -> bench.deliver("m1", delivery)).isInstanceOf(Crash.class);
        assertThat(bench.state().status()).isEqualTo(StageStatus.RUNNING);
      }
      assertThat(bench.state().error()).isEqualTo(Optional.empty());
    }
  }

  private static void planOften(EngineBench bench, Call call, PlannedFault fault) {
    for (int i = 0; i < 1000; i++) {
      bench.store.plan(call, fault);
    }
  }

  private static TestingWork.Step away() {
    return (_, _) -> {
      throw new IOException("Storage is away");
    };
  }

  private static TestingWork.Step corrupt() {
    return (_, _) -> {
      throw new PermanentFailure(FailureCode.CORRUPT_IMAGE, "No header can be read.");
    };
  }
}
