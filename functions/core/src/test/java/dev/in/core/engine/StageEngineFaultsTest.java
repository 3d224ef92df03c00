package dev.in.core.engine;

import static dev.in.core.engine.StageEngineTest.benchAt;
import static dev.in.core.task.PlannedFault.after;
import static dev.in.core.task.PlannedFault.failAfter;
import static dev.in.core.task.PlannedFault.failBefore;
import static dev.in.core.task.PlannedFault.retryAfterEffect;
import static dev.in.core.task.TestingTaskStore.Call.CREATE;
import static dev.in.core.task.TestingTaskStore.Call.READ;
import static dev.in.core.task.TestingTaskStore.Call.UPDATE;
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
import dev.in.core.task.StageError;
import dev.in.core.task.StageStatus;
import dev.in.core.task.TaskStatus;
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
      assertThat(bench.state().crashes()).isZero();
    }

    @Test
    void aClaimWhoseAnswerWasLostAndThatWasTriedAgainIsRecognised() {
      EngineBench bench = benchAt(METADATA);
      bench.store.plan(UPDATE, retryAfterEffect());

      assertThat(bench.deliver("m1", 1)).isEqualTo(new Ack("done"));

      assertThat(bench.store.calls()).containsExactly(READ, UPDATE, READ, UPDATE);
      assertThat(bench.work.times()).isEqualTo(1);
      assertThat(bench.state().attempts()).isEqualTo(1);
      assertThat(bench.state().crashes()).isZero();
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
    void aCreateThatIsNeverHeardOfIsTakenOverByTheNextDelivery() {
      EngineBench bench = new EngineBench(DOWNLOAD);
      bench.store.plan(CREATE, failAfter());

      assertThat(bench.deliver("m1", 1)).isEqualTo(NACK);
      assertThat(bench.work.times()).isZero();
      assertThat(bench.deliver("m1", 2)).isEqualTo(new Ack("done"));
      assertThat(bench.state().crashes()).isEqualTo(1);
    }

    @Test
    void aCreateThatFailsLeavesNothing() {
      EngineBench bench = new EngineBench(DOWNLOAD);
      bench.store.plan(CREATE, failBefore());

      assertThat(bench.deliver("m1", 1)).isEqualTo(NACK);
      assertThat(bench.store.document(TestTask.ID)).isEmpty();
      assertThat(bench.deliver("m1", 2)).isEqualTo(new Ack("done"));
      assertThat(bench.state().crashes()).isZero();
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
    void aCompletionThatIsNeverHeardOfIsPublishedByTheNextDelivery() {
      EngineBench bench = new EngineBench(DOWNLOAD);
      bench.store.plan(UPDATE, failAfter());

      assertThat(bench.deliver("m1", 1)).isEqualTo(NACK);
      assertThat(bench.publisher.published()).isEmpty();
      assertThat(bench.deliver("m1", 2)).isEqualTo(new Ack("stage completed"));
      assertThat(bench.work.times()).isEqualTo(1);
      assertThat(bench.publisher.summary())
          .containsExactly("image-events image.downloaded", "metadata-topic metadata.requested");
    }

    @Test
    void aCompletionThatFailsIsWorkedForAgain() {
      EngineBench bench = new EngineBench(DOWNLOAD);
      bench.store.plan(UPDATE, failBefore());

      assertThat(bench.deliver("m1", 1)).isEqualTo(NACK);
      assertThat(bench.publisher.published()).isEmpty();
      assertThat(bench.deliver("m1", 2)).isEqualTo(new Ack("done"));
      assertThat(bench.work.times()).isEqualTo(2);
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
    void theOldHolderLeavesTheNewOneAlone() {
      EngineBench bench = new EngineBench(DOWNLOAD);
      bench.work.plan(
          (_, _) -> {
            bench.store.plan(UPDATE, after(() -> {}));
            bench.work.plan(
                (_, _) -> {
                  throw new Crash();
                });
            assertThatThrownBy(() -> bench.deliver("m1", 2)).isInstanceOf(Crash.class);
            return TestTask.otherDownload();
          });

      assertThat(bench.deliver("m1", 1)).isEqualTo(new Nack("lease is live"));

      assertThat(bench.publisher.published()).isEmpty();
      assertThat(bench.state().status()).isEqualTo(StageStatus.RUNNING);
      assertThat(bench.state().lease().orElseThrow().token()).isEqualTo("token-2");
      assertThat(bench.state().crashes()).isEqualTo(1);
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
  class FaultsThatPass {
    @Test
    void theLeaseIsGivenBackWithWhatWentWrong() {
      EngineBench bench = benchAt(METADATA);
      bench.work.plan(
          (_, _) -> {
            throw new IOException("Storage is away");
          });

      assertThat(bench.deliver("m1", 1)).isEqualTo(NACK);

      assertThat(bench.state().status()).isEqualTo(StageStatus.PENDING);
      assertThat(bench.state().lease()).isEmpty();
      assertThat(bench.state().lastError()).contains("IOException: Storage is away");
      assertThat(bench.document().status()).isEqualTo(TaskStatus.PROCESSING);
      assertThat(bench.publisher.published()).isEmpty();
    }

    @Test
    void howeverManyThereAreTheyAreNoCrashes() {
      EngineBench bench = benchAt(METADATA);
      for (int attempt = 1; attempt <= 20; attempt++) {
        bench.work.plan(
            (_, _) -> {
              throw new IOException("Storage is away");
            });
        assertThat(bench.deliver("m1", attempt)).isEqualTo(NACK);
      }

      assertThat(bench.deliver("m1", 21)).isEqualTo(new Ack("done"));
      assertThat(bench.state().attempts()).isEqualTo(21);
      assertThat(bench.state().crashes()).isZero();
      assertThat(bench.state().lastError()).contains("IOException: Storage is away");
    }

    @Test
    void aLeaseThatCannotBeGivenBackEndsByItself() {
      EngineBench bench = benchAt(METADATA);
      bench.work.plan(
          (_, _) -> {
            throw new IOException("everything is away");
          });
      bench.store.plan(UPDATE, after(() -> {}));
      bench.store.plan(UPDATE, failBefore());

      assertThat(bench.deliver("m1", 0)).isEqualTo(NACK);
      assertThat(bench.deliver("m1", 0)).isEqualTo(new Nack("lease is live"));
      bench.clock.advance(LEASE);
      assertThat(bench.deliver("m1", 0)).isEqualTo(new Ack("done"));
      assertThat(bench.state().crashes()).isEqualTo(1);
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
    void theyAreToldAgainUntilTheyAreTold() {
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

  @Nested
  class Crashes {
    @Test
    void fiveOfThemEndTheTask() {
      EngineBench bench = benchAt(METADATA);
      crash(bench, 5);

      assertThat(bench.deliver("m1", 6)).isEqualTo(new Ack("failed"));

      assertThat(bench.work.times()).isEqualTo(5);
      assertThat(bench.state().attempts()).isEqualTo(5);
      assertThat(bench.state().crashes()).isEqualTo(5);
      assertThat(bench.state().error().map(StageError::code))
          .contains(FailureCode.ATTEMPTS_EXHAUSTED);
      assertThat(bench.document().status()).isEqualTo(TaskStatus.FAILED);
      assertThat(bench.publisher.summary()).containsExactly("task-lifecycle-events task.failed");
    }

    @Test
    void fourOfThemDoNot() {
      EngineBench bench = benchAt(METADATA);
      crash(bench, 4);

      assertThat(bench.deliver("m1", 5)).isEqualTo(new Ack("done"));
      assertThat(bench.state().crashes()).isEqualTo(4);
    }

    @Test
    void theEndAfterFiveCostsOneWrite() {
      EngineBench bench = benchAt(METADATA);
      crash(bench, 5);
      int before = bench.store.calls().size();

      bench.deliver("m1", 6);

      assertThat(bench.store.calls().subList(before, bench.store.calls().size()))
          .containsExactly(READ, UPDATE);
    }

    @Test
    void theEndAfterFiveIsNotRecordedOverSomeoneElsesRelease() {
      EngineBench bench = benchAt(METADATA);
      crash(bench, 5);
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

      assertThat(bench.deliver("m1", 6)).isEqualTo(new Ack("done"));
      assertThat(bench.document().status()).isEqualTo(TaskStatus.PROCESSING);
      assertThat(bench.work.times()).isEqualTo(6);
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

  private static TestingWork.Step corrupt() {
    return (_, _) -> {
      throw new PermanentFailure(FailureCode.CORRUPT_IMAGE, "No header can be read.");
    };
  }
}
