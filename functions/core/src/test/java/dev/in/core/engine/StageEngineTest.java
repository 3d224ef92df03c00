package dev.in.core.engine;

import static dev.in.core.task.PlannedFault.after;
import static dev.in.core.task.PlannedFault.refuse;
import static dev.in.core.task.TestingTaskStore.Call.CREATE;
import static dev.in.core.task.TestingTaskStore.Call.DELETE;
import static dev.in.core.task.TestingTaskStore.Call.READ;
import static dev.in.core.task.TestingTaskStore.Call.UPDATE;
import static dev.in.core.testing.TestTask.START;
import static dev.in.core.testing.TestTask.atRun;
import static dev.in.core.testing.TestTask.completed;
import static dev.in.core.testing.TestTask.delivery;
import static dev.in.core.testing.TestTask.document;
import static dev.in.core.testing.TestTask.output;
import static dev.in.core.testing.TestTask.request;
import static dev.in.events.Stage.AI;
import static dev.in.events.Stage.DOWNLOAD;
import static dev.in.events.Stage.METADATA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.in.core.failure.Deadline;
import dev.in.core.handler.Outcome.Ack;
import dev.in.core.handler.Outcome.Nack;
import dev.in.core.handler.ReceivedMessage;
import dev.in.core.task.Lease;
import dev.in.core.task.StageError;
import dev.in.core.task.StageHistory;
import dev.in.core.task.StageState;
import dev.in.core.task.StageStatus;
import dev.in.core.task.TaskDocument;
import dev.in.core.task.TaskStatus;
import dev.in.core.testing.TestTask;
import dev.in.core.testing.TestTopology;
import dev.in.events.DownloadRequested;
import dev.in.events.EventCodec;
import dev.in.events.FailureCode;
import dev.in.events.INEvent;
import dev.in.events.MalformedEventException;
import dev.in.events.Stage;
import dev.in.events.TaskCompleted;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The engine's steps when all goes well, and the looks that settle a delivery at once. */
class StageEngineTest {
  private static final Duration LEASE = Duration.ofSeconds(90);

  @Test
  void aDownloadsFirstDeliveryCostsTwoWritesAndNoRead() {
    EngineBench bench = new EngineBench(DOWNLOAD);

    assertThat(bench.deliver("m1", 1)).isEqualTo(new Ack("done"));

    assertThat(bench.store.calls()).containsExactly(CREATE, UPDATE);
    assertThat(bench.publisher.summary())
        .containsExactly("image-events image.downloaded", "metadata-topic metadata.requested");
  }

  @Test
  void anyOtherStageCostsOneReadAndTwoWrites() {
    EngineBench bench = benchAt(METADATA);

    assertThat(bench.deliver("m1", 1)).isEqualTo(new Ack("done"));

    assertThat(bench.store.calls()).containsExactly(READ, UPDATE, UPDATE);
    assertThat(bench.publisher.summary())
        .containsExactly("image-events metadata.extracted", "ai-topic ai.requested");
  }

  @Test
  void theLastStageCompletesTheTask() {
    EngineBench bench = benchAt(AI);

    assertThat(bench.deliver("m1", 1)).isEqualTo(new Ack("done"));

    assertThat(bench.document().status()).isEqualTo(TaskStatus.COMPLETED);
    assertThat(bench.publisher.summary())
        .containsExactly("image-events ai.analyzed", "task-lifecycle-events task.completed");
  }

  /** The instance that made the document may have had a clock that is ahead. */
  @Test
  void clocksThatDifferMakeNoNegativeDuration() throws Exception {
    EngineBench bench = benchAt(AI);
    bench.clock.advance(Duration.ofMinutes(-4));

    assertThat(bench.deliver("m1", 1)).isEqualTo(new Ack("done"));

    INEvent<?> end = EventCodec.read(bench.publisher.published().getLast().data());
    assertThat(((TaskCompleted) end.payload()).durationMs()).isZero();
  }

  @Test
  void theTopologyDecidesWhichStageIsTheLast() {
    EngineBench bench = new EngineBench(DOWNLOAD, TestTopology.chain(DOWNLOAD));

    assertThat(bench.deliver("m1", 1)).isEqualTo(new Ack("done"));

    assertThat(bench.document().status()).isEqualTo(TaskStatus.COMPLETED);
    assertThat(bench.publisher.summary())
        .containsExactly("image-events image.downloaded", "task-lifecycle-events task.completed");
  }

  @Test
  void theFirstMessageMakesTheWholeDocument() {
    EngineBench bench = new EngineBench(DOWNLOAD);
    bench.work.plan(
        (task, _) -> {
          bench.clock.advance(Duration.ofMillis(1500));
          return output(DOWNLOAD);
        });

    bench.deliver("m1", 3);

    Lease lease = new Lease("token-1", "m1", 3, START.plusSeconds(90));
    StageState done =
        new StageState(
            StageStatus.COMPLETED,
            Optional.of(lease),
            new StageHistory(1, 0, Optional.empty(), 0, Optional.empty()),
            Optional.of(START),
            Optional.of(START.plusMillis(1500)),
            Optional.of(1),
            Optional.of(output(DOWNLOAD)),
            Optional.empty());
    assertThat(bench.document())
        .isEqualTo(
            new TaskDocument(
                TestTask.REF,
                TaskStatus.PROCESSING,
                TestTask.INPUT,
                TestTask.FEATURES,
                TestTask.ROUTING,
                Map.of(DOWNLOAD, done),
                START,
                START,
                START.plusMillis(1500),
                START.plus(Duration.ofDays(40))));
  }

  @Test
  void whyTheImageIsNotAnalysedStaysWithTheTaskAndIsSaidWhenItsStartIsRequestedAgain() {
    EngineBench bench = new EngineBench(DOWNLOAD);
    DownloadRequested request =
        new DownloadRequested(TestTask.INPUT, TestTask.FEATURES, Optional.of("budget_exceeded"));

    bench.dispatch(
        TestTask.message(INEvent.of(TestTask.REF, "edge", START, "edge", request), "m1", 1));

    assertThat(bench.document().skipAnalysis()).contains("budget_exceeded");
    assertThat(
            new Outbox(TestTopology.wholeChain())
                .request(bench.document(), DOWNLOAD)
                .taskMessage()
                .orElseThrow()
                .payload())
        .isEqualTo(request);
  }

  @Test
  void theClaimIsWrittenBeforeTheWorkBegins() {
    EngineBench bench = benchAt(METADATA);
    bench.work.plan(
        (task, budget) -> {
          assertThat(task).isEqualTo(bench.document());
          assertThat(bench.state())
              .isEqualTo(
                  StageState.PENDING.claimed(
                      new Lease("token-1", "m1", 2, START.plusSeconds(90)), START));
          assertThat(budget.at()).isEqualTo(START.plusSeconds(60));
          return output(METADATA);
        });

    assertThat(bench.deliver("m1", 2)).isEqualTo(new Ack("done"));
  }

  @Test
  void nothingIsPublishedBeforeTheStageIsRecordedAsCompleted() {
    EngineBench bench = benchAt(METADATA);
    bench.store.plan(UPDATE, after(() -> {}));
    bench.store.plan(UPDATE, after(() -> assertThat(bench.publisher.published()).isEmpty()));

    assertThat(bench.deliver("m1", 1)).isEqualTo(new Ack("done"));
  }

  @Test
  void aTaskThatIsGoneIsAcked() {
    EngineBench bench = new EngineBench(METADATA);

    assertThat(bench.deliver("m1", 1)).isEqualTo(new Ack("no such task"));

    assertThat(bench.store.calls()).containsExactly(READ);
    assertThat(bench.publisher.published()).isEmpty();
  }

  @Test
  void aTaskThatGoesWhileItsStageWorksIsAcked() {
    EngineBench bench = benchAt(METADATA);
    bench.work.plan(
        (_, _) -> {
          bench.store.expire(TestTask.ID);
          return output(METADATA);
        });

    assertThat(bench.deliver("m1", 1)).isEqualTo(new Ack("no such task"));
    assertThat(bench.publisher.published()).isEmpty();
  }

  @Test
  void aSecondMessageOfTheEdgeSetsATaskGoingThatStandsStill() {
    EngineBench bench = new EngineBench(DOWNLOAD);
    bench.deliver("m1", 1);

    assertThat(bench.deliver("m2", 1)).isEqualTo(new Ack("stage completed"));
    bench.clock.advance(Duration.ofHours(7));
    assertThat(bench.deliver("m3", 1)).isEqualTo(new Ack("task stood still"));

    assertThat(bench.work.times()).isEqualTo(1);
    assertThat(bench.store.calls()).containsExactly(CREATE, UPDATE, CREATE, READ, CREATE, READ);
    assertThat(bench.publisher.summary())
        .containsExactly(
            "image-events image.downloaded",
            "metadata-topic metadata.requested",
            "image-events image.downloaded",
            "metadata-topic metadata.requested");
    Replays.assertIdenticalPerId(bench.publisher.published());
  }

  @Test
  void aDownloadOlderThanTheDeadlineIsCreatedAsFailed() {
    EngineBench bench = new EngineBench(DOWNLOAD);
    bench.clock.advance(Duration.ofHours(6).plusMillis(1));

    assertThat(bench.deliver("m1", 1)).isEqualTo(new Ack("failed"));

    assertThat(bench.store.calls()).containsExactly(CREATE);
    assertThat(bench.work.times()).isZero();
    assertThat(bench.document().status()).isEqualTo(TaskStatus.FAILED);
    assertThat(bench.state().error().map(StageError::code)).contains(FailureCode.TIMED_OUT);
    assertThat(bench.publisher.summary()).containsExactly("task-lifecycle-events task.failed");
  }

  @Test
  void aDownloadOfExactlyTheDeadlinesAgeStillRuns() {
    EngineBench bench = new EngineBench(DOWNLOAD);
    bench.clock.advance(Duration.ofHours(6));

    assertThat(bench.deliver("m1", 1)).isEqualTo(new Ack("done"));
  }

  @Test
  void aLateDownloadOfATaskThatExistsDoesNotFailIt() {
    EngineBench bench = new EngineBench(DOWNLOAD);
    bench.deliver("m1", 1);
    bench.clock.advance(Duration.ofHours(7));

    bench.deliver("m2", 1);

    assertThat(bench.document().status()).isEqualTo(TaskStatus.PROCESSING);
  }

  @Test
  void aLaterRunsDownloadNeverCreatesADocument() {
    EngineBench bench = new EngineBench(DOWNLOAD);

    assertThat(bench.dispatch(TestTask.message(atRun(request(DOWNLOAD), 2), "m1", 1)))
        .isEqualTo(new Ack("no such task"));

    assertThat(bench.store.calls()).containsExactly(READ);
  }

  @Test
  void aDeletedTaskIsNotCreatedAgain() {
    EngineBench bench = new EngineBench(DOWNLOAD);
    bench.store.delete(TestTask.ID, START.plusSeconds(60), Deadline.in(LEASE, bench.clock));

    assertThat(bench.deliver("m1", 1)).isEqualTo(new Ack("no such task"));

    assertThat(bench.store.calls()).containsExactly(DELETE, CREATE, READ);
    assertThat(bench.work.times()).isZero();
  }

  @Test
  void eventsCarryTheDocumentsRoutingWhateverTheDeliverySays() {
    EngineBench bench = benchAt(METADATA);
    ReceivedMessage delivery = bench.message("m1", 1);

    bench.dispatch(
        new ReceivedMessage(
            delivery.data(), Map.of(), "m1", Optional.empty(), delivery.subscription(), 1));

    assertThat(bench.publisher.published())
        .hasSize(2)
        .allSatisfy(
            message ->
                assertThat(message.attributes())
                    .containsEntry("owner", "owner-7")
                    .containsEntry("priority", "high")
                    .containsEntry("channel", "cli"));
  }

  @Test
  void aStageKeepsTheRunInWhichItCompletedAndItsEventToo() {
    EngineBench bench = new EngineBench(METADATA);
    TaskDocument failed =
        document(
                TaskStatus.PROCESSING,
                Map.of(DOWNLOAD, completed(DOWNLOAD), METADATA, StageState.PENDING))
            .failed(METADATA, new StageError(FailureCode.TIMED_OUT, "Late."), START.plusSeconds(3));
    bench.store.put(failed.redriven(START.plusSeconds(60)));

    assertThat(bench.dispatch(TestTask.message(atRun(request(METADATA), 2), "m1", 1)))
        .isEqualTo(new Ack("done"));

    assertThat(bench.state().run()).contains(2);
    assertThat(bench.document().stage(DOWNLOAD).run()).contains(1);
    assertThat(bench.publisher.published())
        .extracting(message -> message.attributes().get("run"))
        .containsExactly("2", "2");
    assertThat(new Outbox(TestTopology.wholeChain()).following(bench.document(), DOWNLOAD).events())
        .extracting(event -> event.run())
        .containsExactly(1);
  }

  @Test
  void aDeliveryThatNeverWinsAGuardComesBackWhenItsTimeIsUp() {
    EngineBench bench = benchAt(METADATA);
    for (int i = 0; i < 1000; i++) {
      bench.store.plan(UPDATE, refuse());
    }

    assertThat(bench.deliver("m1", 1)).isEqualTo(new Nack("the task stayed busy"));

    assertThat(bench.work.times()).isZero();
    assertThat(bench.clock.instant()).isBetween(START.plusSeconds(110), START.plusSeconds(120));
    assertThat(bench.store.calls()).hasSizeBetween(100, 150);
  }

  @Test
  void anotherStagesMessageIsNoMessageForThisFunction() {
    EngineBench bench = new EngineBench(METADATA);

    assertThatThrownBy(() -> bench.engine.handle(delivery(request(AI), "m1", 1)))
        .isInstanceOf(MalformedEventException.class)
        .hasMessage("a ai.requested is not for metadata");
    assertThat(bench.store.calls()).isEmpty();
  }

  /** With everything before that stage completed. */
  static EngineBench benchAt(Stage stage) {
    EngineBench bench = new EngineBench(stage);
    Map<Stage, StageState> before =
        switch (stage) {
          case DOWNLOAD -> Map.of();
          case METADATA -> Map.of(DOWNLOAD, completed(DOWNLOAD));
          case AI -> Map.of(DOWNLOAD, completed(DOWNLOAD), METADATA, completed(METADATA));
        };
    bench.store.put(document(TaskStatus.PROCESSING, before));
    return bench;
  }
}
