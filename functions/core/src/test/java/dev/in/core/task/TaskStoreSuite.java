package dev.in.core.task;

import static dev.in.core.testing.TestTask.START;
import static dev.in.core.testing.TestTask.completed;
import static dev.in.core.testing.TestTask.lease;
import static dev.in.core.testing.TestTask.running;
import static dev.in.events.Stage.AI;
import static dev.in.events.Stage.DOWNLOAD;
import static dev.in.events.Stage.METADATA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.in.core.failure.Deadline;
import dev.in.core.stage.FullOutputs;
import dev.in.core.testing.TestTask;
import dev.in.events.FailureCode;
import dev.in.events.ImageInput;
import dev.in.events.Stage;
import dev.in.events.TaskRef;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every {@link TaskStore} promises. */
abstract class TaskStoreSuite {
  private final String taskId = "task_" + UUID.randomUUID();

  abstract TaskStore store();

  /** Removes a document behind the store's back, as Firestore does when its time is up. */
  abstract void expire(String taskId);

  @Test
  void whatIsCreatedCanBeRead() {
    TaskDocument document = document(StageState.PENDING);

    StoredTask created = store().create(document, soon()).orElseThrow();

    assertThat(created.document()).isEqualTo(document);
    assertThat(store().read(taskId, soon())).contains(created);
  }

  @Test
  void whatIsThereIsNotCreatedAgain() {
    TaskDocument first = document(running(lease("first", "m1", 1)));
    store().create(first, soon());

    assertThat(store().create(document(running(lease("second", "m2", 1))), soon())).isEmpty();
    assertThat(read().document()).isEqualTo(first);
  }

  @Test
  void whatIsNotThereIsNotRead() {
    assertThat(store().read(taskId, soon())).isEmpty();
  }

  @Test
  void whatIsDeletedIsGoneAndCannotBeCreatedAgain() {
    StoredTask created = create(StageState.PENDING);

    store().delete(taskId, START.plusSeconds(60), soon());
    store().delete(taskId, START.plusSeconds(60), soon());

    assertThat(store().read(taskId, soon())).isEmpty();
    assertThat(store().create(document(StageState.PENDING), soon())).isEmpty();
    assertThat(
            store().update(created, with(created, running(lease("t", "m1", 1))), DOWNLOAD, soon()))
        .isEmpty();
  }

  @Test
  void whatWasNeverThereCanBeDeletedInAdvance() {
    store().delete(taskId, START.plusSeconds(60), soon());

    assertThat(store().create(document(StageState.PENDING), soon())).isEmpty();
  }

  @Test
  void anUpdateReturnsWhatIsReadAfterwards() {
    StoredTask created = create(StageState.PENDING);
    TaskDocument claimed =
        created
            .document()
            .with(
                DOWNLOAD,
                running(lease("token", "m1", 3)),
                TaskStatus.PROCESSING,
                START.plusMillis(1234));

    StoredTask updated = store().update(created, claimed, DOWNLOAD, soon()).orElseThrow();

    assertThat(updated.document()).isEqualTo(claimed);
    assertThat(read()).isEqualTo(updated);
  }

  @Test
  void anUpdateGuardsTheNextOne() {
    StoredTask created = create(StageState.PENDING);
    StoredTask claimed = update(created, running(lease("first", "m1", 1)));

    assertThat(
            store()
                .update(created, with(created, running(lease("late", "m1", 1))), DOWNLOAD, soon()))
        .isEmpty();
    assertThat(read()).isEqualTo(claimed);
    StoredTask again = update(claimed, running(lease("second", "m1", 2)));
    assertThat(read()).isEqualTo(again);
  }

  @Test
  void aReadGuardsAnUpdateAsWellAsAWriteDoes() {
    create(StageState.PENDING);
    StoredTask seen = read();
    update(read(), running(lease("first", "m1", 1)));

    assertThat(store().update(seen, with(seen, running(lease("late", "m1", 1))), DOWNLOAD, soon()))
        .isEmpty();
  }

  @Test
  void whatIsGoneIsNotUpdated() {
    StoredTask created = create(StageState.PENDING);
    expire(taskId);

    assertThat(
            store().update(created, with(created, running(lease("t", "m1", 1))), DOWNLOAD, soon()))
        .isEmpty();
    assertThat(store().read(taskId, soon())).isEmpty();
  }

  @Test
  void anUpdateWritesStatusRunTimesAndTheChangedStageAlone() {
    StoredTask created = create(StageState.PENDING);
    TaskDocument everything =
        new TaskDocument(
            new TaskRef(taskId, 2, "f".repeat(32)),
            TaskStatus.FAILED,
            new ImageInput.Url("https://example.com/other.jpg"),
            TestTask.FEATURES.subList(0, 1),
            TestTask.ROUTING,
            Map.of(DOWNLOAD, completed(DOWNLOAD), METADATA, completed(METADATA)),
            START.plusSeconds(6),
            START.plusSeconds(7),
            START.plusSeconds(8),
            START.plusSeconds(9));

    store().update(created, everything, METADATA, soon()).orElseThrow();

    TaskDocument old = created.document();
    assertThat(read().document())
        .isEqualTo(
            new TaskDocument(
                new TaskRef(taskId, 2, old.task().traceId()),
                TaskStatus.FAILED,
                old.input(),
                old.features(),
                old.routing(),
                Map.of(METADATA, completed(METADATA)),
                old.createdAt(),
                START.plusSeconds(7),
                START.plusSeconds(8),
                old.expiresAt()));
  }

  @Test
  void aStageIsReplacedAndNotMerged() {
    StoredTask claimed = create(running(lease("token", "m1", 1)));

    update(claimed, StageState.PENDING);

    assertThat(read().document().stage(DOWNLOAD)).isEqualTo(StageState.PENDING);
  }

  @ParameterizedTest
  @EnumSource(Stage.class)
  void everyStagesOutputComesBackAsItWas(Stage stage) {
    StoredTask created = create(StageState.PENDING);
    TaskDocument done =
        created
            .document()
            .with(
                stage,
                completed(stage, FullOutputs.of(stage)),
                TaskStatus.PROCESSING,
                START.plusSeconds(2));

    store().update(created, done, stage, soon()).orElseThrow();

    assertThat(read().document()).isEqualTo(done);
  }

  @Test
  void everythingAStageCanSayComesBackAsItWas() {
    StageState failed =
        running(lease("token", "m1", 100))
            .released("IOException: away")
            .claimed(lease("other", "m2", 0), START.plusSeconds(1))
            .releasedAfterUnexpected("NullPointerException", START.plusSeconds(2))
            .claimed(lease("third", "m3", 1), START.plusSeconds(3))
            .claimed(lease("fourth", "m3", 2), START.plusSeconds(4))
            .nudged()
            .failed(
                new StageError(FailureCode.ANALYSIS_REJECTED, "No. \u00e9\n\ud83d\udeab"),
                START.plusSeconds(5));
    StoredTask created = create(StageState.PENDING);

    StoredTask written =
        store()
            .update(
                created,
                created.document().with(AI, failed, TaskStatus.FAILED, START.plusSeconds(5)),
                AI,
                soon())
            .orElseThrow();

    assertThat(read()).isEqualTo(written);
    assertThat(read().document().stage(AI)).isEqualTo(failed);
  }

  @Test
  void bothKindsOfInputComeBackAsTheyWere() {
    TaskDocument upload = document(StageState.PENDING);
    TaskDocument url =
        new TaskDocument(
            upload.task(),
            upload.status(),
            new ImageInput.Url("https://example.com/a.jpg?x=%20&y=ü"),
            upload.features(),
            upload.routing(),
            Map.of(),
            START,
            START,
            START,
            START);

    store().create(url, soon());

    assertThat(read().document()).isEqualTo(url);
  }

  @Test
  void whyAnImageIsNotAnalysedStaysWithTheTask() {
    TaskDocument budgetExceeded =
        TaskDocument.create(
            new TaskRef(taskId, 1, TestTask.REF.traceId()),
            TestTask.INPUT,
            TestTask.FEATURES,
            Optional.of("budget_exceeded"),
            TestTask.ROUTING,
            START,
            Duration.ofDays(40));

    StoredTask created = store().create(budgetExceeded, soon()).orElseThrow();
    update(created, completed(DOWNLOAD));

    assertThat(read().document().skipAnalysis()).contains("budget_exceeded");
  }

  private StoredTask read() {
    return store().read(taskId, soon()).orElseThrow();
  }

  private StoredTask create(StageState download) {
    return store().create(document(download), soon()).orElseThrow();
  }

  private StoredTask update(StoredTask before, StageState download) {
    return store().update(before, with(before, download), DOWNLOAD, soon()).orElseThrow();
  }

  private static TaskDocument with(StoredTask before, StageState download) {
    return before.document().with(DOWNLOAD, download, TaskStatus.PROCESSING, START.plusSeconds(1));
  }

  private TaskDocument document(StageState download) {
    return new TaskDocument(
        new TaskRef(taskId, 1, TestTask.REF.traceId()),
        TaskStatus.PROCESSING,
        TestTask.INPUT,
        TestTask.FEATURES,
        TestTask.ROUTING,
        Map.of(DOWNLOAD, download),
        START,
        START,
        START,
        START.plus(Duration.ofDays(40)));
  }

  static Deadline soon() {
    return Deadline.in(Duration.ofSeconds(30), InstantSource.system());
  }
}
