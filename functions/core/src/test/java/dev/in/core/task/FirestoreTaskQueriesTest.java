package dev.in.core.task;

import static dev.in.core.testing.TestTask.START;
import static dev.in.core.testing.TestTask.completed;
import static dev.in.core.testing.TestTask.lease;
import static dev.in.core.testing.TestTask.running;
import static dev.in.events.Stage.AI;
import static dev.in.events.Stage.DOWNLOAD;
import static dev.in.events.Stage.METADATA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.QueryDocumentSnapshot;
import dev.in.core.failure.Deadline;
import dev.in.core.failure.TransientFailure;
import dev.in.core.task.TaskQueries.Cursor;
import dev.in.core.task.TaskQueries.FailedTask;
import dev.in.core.task.TaskQueries.Page;
import dev.in.core.task.TaskQueries.TaskRun;
import dev.in.core.task.TaskQueries.TaskState;
import dev.in.core.testing.LocalCloudExtension;
import dev.in.core.testing.LocalCloudProcess;
import dev.in.core.testing.TestTask;
import dev.in.events.FailureCode;
import dev.in.events.ImageInput;
import dev.in.events.Stage;
import dev.in.events.TaskRef;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The real client against the local cloud. */
@ExtendWith(LocalCloudExtension.class)
class FirestoreTaskQueriesTest {
  private static LocalCloudProcess cloud;
  private static Firestore firestore;

  private final TaskQueries queries = new FirestoreTaskQueries(firestore);

  @BeforeAll
  static void connect(LocalCloudProcess localCloud, Firestore client) {
    cloud = localCloud;
    firestore = client;
  }

  @BeforeEach
  void noTasks() throws Exception {
    cloud.clearFaults();
    for (QueryDocumentSnapshot task : firestore.collection("tasks").get().get().getDocuments()) {
      task.getReference().delete().get();
    }
  }

  @Test
  void unfinishedTasksAreThoseThatNobodyHasWrittenSince() {
    store(unfinished("forgotten_0123456789", 2, START));
    store(unfinished("lately_0123456789abc", 1, START.plusSeconds(60)));
    store(failed("failed_0123456789abc", FailureCode.INTERNAL, START));
    store(finished("completed_0123456789", START));

    assertThat(queries.unfinished(START.plusSeconds(60), 100, soon()))
        .containsExactly(new TaskRun("forgotten_0123456789", 2));
    assertThat(queries.unfinished(START.plusSeconds(61), 100, soon()))
        .containsExactlyInAnyOrder(
            new TaskRun("forgotten_0123456789", 2), new TaskRun("lately_0123456789abc", 1));
  }

  @Test
  void ofTooManyUnfinishedTasksThoseThatHaveWaitedLongestComeFirst() {
    List<Integer> ages = IntStream.rangeClosed(1, 40).boxed().toList();
    ages.forEach(
        age -> store(unfinished("same_0123456789abcdef_" + age, 1, START.minusSeconds(age))));

    List<TaskRun> found = queries.unfinished(START, TaskFields.SHARDS, soon());

    // One of each part of the index: there, none has waited longer.
    assertThat(found).hasSizeLessThanOrEqualTo(TaskFields.SHARDS);
    assertThat(found).contains(new TaskRun("same_0123456789abcdef_40", 1));
    for (TaskRun one : found) {
      int age = Integer.parseInt(one.taskId().substring(one.taskId().lastIndexOf('_') + 1));
      assertThat(ages)
          .filteredOn(other -> shard("same_0123456789abcdef_" + other) == shard(one.taskId()))
          .allMatch(other -> other <= age);
    }
  }

  private static int shard(String taskId) {
    return Math.floorMod(taskId.hashCode(), TaskFields.SHARDS);
  }

  @Test
  void anUploadIsUsedAsLongAsATaskOfItsOwnerHasIt() {
    String uploadId = ((ImageInput.Upload) TestTask.INPUT).uploadId();
    String owner = TestTask.ROUTING.owner();
    TaskStore store = new FirestoreTaskStore(firestore);
    assertThat(queries.usesUpload(owner, uploadId, soon())).isFalse();

    store(unfinished("uses_0123456789abcdef", 1, START));
    assertThat(queries.usesUpload(owner, uploadId, soon())).isTrue();
    assertThat(queries.usesUpload("eve", uploadId, soon())).isFalse();
    assertThat(queries.usesUpload(owner, uploadId + "x", soon())).isFalse();

    store.delete("uses_0123456789abcdef", START, soon());
    assertThat(queries.usesUpload(owner, uploadId, soon())).isFalse();
  }

  @Test
  void aTaskThatIsWrittenIsNoLongerForgotten() {
    TaskStore store = new FirestoreTaskStore(firestore);
    StoredTask task = store.create(unfinished("forgotten_0123456789", 1, START), soon()).get();
    Instant now = START.plusSeconds(100);
    StoredTask claimed =
        store
            .update(task, task.document().with(AI, running(lease("a", "m", 1)), now), AI, soon())
            .get();

    assertThat(queries.unfinished(now, 10, soon())).isEmpty();

    store.update(
        claimed,
        claimed.document().failed(AI, new StageError(FailureCode.CANCELLED, "Cancelled."), now),
        AI,
        soon());

    assertThat(queries.unfinished(now.plusSeconds(1), 10, soon())).isEmpty();
    assertThat(queries.failed(Optional.empty(), Optional.empty(), 10, soon()).tasks())
        .containsExactly(new FailedTask("forgotten_0123456789", 1, AI, FailureCode.CANCELLED, now));
  }

  @Test
  void failedTasksArePagedByCode() {
    store(failed("b_0123456789abcdef", FailureCode.INTERNAL, START));
    store(failed("a_0123456789abcdef", FailureCode.INTERNAL, START.plusSeconds(1)));
    store(failed("c_0123456789abcdef", FailureCode.TIMED_OUT, START.plusSeconds(2)));
    store(unfinished("d_0123456789abcdef", 1, START));

    Page first = queries.failed(Optional.of(FailureCode.INTERNAL), Optional.empty(), 1, soon());
    assertThat(first.tasks())
        .containsExactly(
            new FailedTask(
                "a_0123456789abcdef", 1, METADATA, FailureCode.INTERNAL, START.plusSeconds(1)));
    assertThat(first.next()).contains(new Cursor("internal", "a_0123456789abcdef"));

    Page second = queries.failed(Optional.of(FailureCode.INTERNAL), first.next(), 2, soon());
    assertThat(ids(second)).containsExactly("b_0123456789abcdef");
    assertThat(second.next()).isEmpty();

    List<String> all = new ArrayList<>();
    Optional<Cursor> cursor = Optional.empty();
    do {
      Page page = queries.failed(Optional.empty(), cursor, 1, soon());
      all.addAll(ids(page));
      cursor = page.next();
    } while (cursor.isPresent());
    assertThat(all)
        .containsExactly("a_0123456789abcdef", "b_0123456789abcdef", "c_0123456789abcdef");
  }

  @Test
  void aTaskSaysHowItStands() {
    store(failed("failed_0123456789abc", FailureCode.INTERNAL, START));
    store(unfinished("unfinished_0123456789", 2, START));
    new FirestoreTaskStore(firestore).delete("deleted_0123456789abc", START.plusSeconds(9), soon());

    assertThat(queries.state("failed_0123456789abc", soon()))
        .isEqualTo(
            new TaskState.Failed(
                new FailedTask("failed_0123456789abc", 1, METADATA, FailureCode.INTERNAL, START)));
    assertThat(queries.state("unfinished_0123456789", soon()))
        .isEqualTo(new TaskState.NotFailed(TaskStatus.PROCESSING, 2));
    assertThat(queries.state("deleted_0123456789abc", soon())).isEqualTo(new TaskState.Deleted());
    assertThat(queries.state("unknown_0123456789abc", soon())).isEqualTo(new TaskState.Unknown());
  }

  @Test
  void aFirestoreThatIsAwayIsATransientFailure() {
    cloud.fault(
        """
        {"calls": "google.firestore.v1.Firestore/*", "effect": "failBefore",
         "code": "PERMISSION_DENIED"}
        """);

    assertThatThrownBy(() -> queries.unfinished(START, 10, soon()))
        .isInstanceOf(TransientFailure.class)
        .hasMessage("tasks cannot be searched");
    assertThatThrownBy(() -> queries.state("unknown_0123456789abc", soon()))
        .isInstanceOf(TransientFailure.class)
        .hasMessage("the task cannot be read");
  }

  private static List<String> ids(Page page) {
    return page.tasks().stream().map(FailedTask::taskId).toList();
  }

  private static void store(TaskDocument document) {
    assertThat(new FirestoreTaskStore(firestore).create(document, soon())).isPresent();
  }

  private static TaskDocument unfinished(String taskId, int run, Instant updatedAt) {
    return document(taskId, run, TaskStatus.PROCESSING, Map.of(), updatedAt);
  }

  private static TaskDocument failed(String taskId, FailureCode code, Instant updatedAt) {
    StageState state =
        running(lease("a", "m", 1)).failed(new StageError(code, "Failed."), updatedAt);
    return document(
        taskId,
        1,
        TaskStatus.FAILED,
        Map.of(DOWNLOAD, completed(DOWNLOAD), METADATA, state),
        updatedAt);
  }

  private static TaskDocument finished(String taskId, Instant updatedAt) {
    return document(
        taskId,
        1,
        TaskStatus.COMPLETED,
        Map.of(DOWNLOAD, completed(DOWNLOAD), METADATA, completed(METADATA), AI, completed(AI)),
        updatedAt);
  }

  private static TaskDocument document(
      String taskId, int run, TaskStatus status, Map<Stage, StageState> stages, Instant updatedAt) {
    return new TaskDocument(
        new TaskRef(taskId, run, TestTask.REF.traceId()),
        status,
        TestTask.INPUT,
        TestTask.FEATURES,
        TestTask.ROUTING,
        stages,
        START,
        START,
        updatedAt,
        START.plus(Duration.ofDays(40)));
  }

  private static Deadline soon() {
    return Deadline.in(Duration.ofSeconds(20), InstantSource.system());
  }
}
