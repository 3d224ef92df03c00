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

import com.google.cloud.Timestamp;
import com.google.cloud.firestore.Firestore;
import dev.in.core.failure.Deadline;
import dev.in.core.failure.TransientFailure;
import dev.in.core.testing.LocalCloudExtension;
import dev.in.core.testing.LocalCloudProcess;
import dev.in.core.testing.TestTask;
import dev.in.events.FailureCode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The real client against the local cloud. */
@ExtendWith(LocalCloudExtension.class)
class FirestoreTaskStoreTest extends TaskStoreSuite {
  private static LocalCloudProcess cloud;
  private static Firestore firestore;

  @BeforeAll
  static void connect(LocalCloudProcess localCloud, Firestore client) {
    cloud = localCloud;
    firestore = client;
  }

  @AfterEach
  void noMoreFaults() {
    cloud.clearFaults();
  }

  @Override
  TaskStore store() {
    return new FirestoreTaskStore(firestore);
  }

  @Override
  void expire(String taskId) {
    try {
      firestore.collection("tasks").document(taskId).delete().get();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theDocumentHasTheNamesAndTypesThatAreDocumented() throws Exception {
    StageState ai =
        running(lease("first", "m1", 1))
            .released("IOException: away")
            .claimed(lease("first", "m1", 2), START.plusSeconds(2))
            .claimed(lease("second", "m2", 0), START.plusSeconds(3))
            .failed(
                new StageError(FailureCode.ANALYSIS_REJECTED, "Not this one."),
                START.plusSeconds(4));
    expire(TestTask.ID);
    store()
        .create(
            TestTask.document(
                TaskStatus.FAILED,
                Map.of(DOWNLOAD, completed(DOWNLOAD), METADATA, StageState.PENDING, AI, ai)),
            soon());

    assertThat(firestore.collection("tasks").document(TestTask.ID).get().get().getData())
        .isEqualTo(
            Map.ofEntries(
                Map.entry("taskId", "task_0123456789abcdef"),
                Map.entry("traceId", "0af7651916cd43dd8448eb211c80319c"),
                Map.entry("run", 1L),
                Map.entry("status", "failed"),
                Map.entry("input", Map.of("uploadId", "upload_0123456789abcdef")),
                Map.entry("features", List.of("text", "colors")),
                Map.entry("priority", "high"),
                Map.entry("owner", "owner-7"),
                Map.entry("channel", "cli"),
                Map.entry("createdAt", at(START)),
                Map.entry("runStartedAt", at(START)),
                Map.entry("updatedAt", at(START)),
                Map.entry("failureCode", "analysis_rejected"),
                Map.entry("expiresAt", at(START.plus(Duration.ofDays(40)))),
                Map.entry(
                    "stages",
                    Map.of(
                        "download",
                        Map.of(
                            "status",
                            "completed",
                            "lease",
                            Map.of(
                                "token",
                                "done",
                                "messageId",
                                "message-of-download",
                                "deliveryAttempt",
                                1L,
                                "until",
                                at(START.plusSeconds(90))),
                            "attempts",
                            1L,
                            "leaseExpiries",
                            0L,
                            "nudges",
                            0L,
                            "startedAt",
                            at(START),
                            "completedAt",
                            at(START.plusSeconds(2)),
                            "run",
                            1L,
                            "output",
                            Map.of(
                                "object",
                                Map.of(
                                    "bucket", "in-local-images",
                                    "name", "tasks/task_0123456789abcdef/1/original",
                                    "generation", 1_767_225_600_000_001L),
                                "contentType",
                                "image/jpeg",
                                "sizeBytes",
                                123_456L,
                                "sha256",
                                "ab".repeat(32),
                                "crc32c",
                                "AAAAAA==")),
                        "metadata",
                        Map.of(
                            "status", "pending", "attempts", 0L, "leaseExpiries", 0L, "nudges", 0L),
                        "ai",
                        Map.of(
                            "status",
                            "failed",
                            "lease",
                            Map.of(
                                "token",
                                "second",
                                "messageId",
                                "m2",
                                "deliveryAttempt",
                                0L,
                                "until",
                                at(START.plusSeconds(90))),
                            "attempts",
                            3L,
                            "leaseExpiries",
                            1L,
                            "nudges",
                            0L,
                            "lastError",
                            "IOException: away",
                            "startedAt",
                            at(START.plusSeconds(3)),
                            "completedAt",
                            at(START.plusSeconds(4)),
                            "error",
                            Map.of("code", "analysis_rejected", "message", "Not this one."))))));
  }

  @Test
  void aWriteWhoseAnswerIsLostIsToldApartFromOneThatIsRefused() {
    StoredTask created =
        store()
            .create(TestTask.document(TaskStatus.PROCESSING, Map.of()), soon())
            .orElseGet(() -> store().read(TestTask.ID, soon()).orElseThrow());
    cloud.fault(
        """
        {"calls": "google.firestore.v1.Firestore/Commit", "effect": "failAfter",
         "code": "PERMISSION_DENIED", "when": {"first": 1}}
        """);
    TaskDocument claimed =
        created.document().with(AI, running(lease("mine", "m1", 1)), TaskStatus.PROCESSING, START);

    assertThatThrownBy(() -> store().update(created, claimed, AI, soon()))
        .isInstanceOf(TransientFailure.class)
        .hasMessage("the task cannot be written");
    assertThat(store().read(TestTask.ID, soon()).orElseThrow().document()).isEqualTo(claimed);
  }

  @Test
  void theClientTriesAgainByItselfAndIsThenRefusedByItsOwnWrite() {
    expire(TestTask.ID);
    loseAnAnswer();
    TaskDocument document = TestTask.document(TaskStatus.PROCESSING, Map.of());

    assertThat(store().create(document, soon())).isEmpty();
    StoredTask created = store().read(TestTask.ID, soon()).orElseThrow();
    assertThat(created.document()).isEqualTo(document);

    loseAnAnswer();
    TaskDocument claimed =
        document.with(AI, running(lease("mine", "m1", 1)), TaskStatus.PROCESSING, START);
    assertThat(store().update(created, claimed, AI, soon())).isEmpty();
    assertThat(store().read(TestTask.ID, soon()).orElseThrow().document()).isEqualTo(claimed);
  }

  private static void loseAnAnswer() {
    cloud.clearFaults();
    cloud.fault(
        """
        {"calls": "google.firestore.v1.Firestore/Commit", "effect": "failAfter",
         "code": "UNAVAILABLE", "when": {"first": 1}}
        """);
  }

  @Test
  void aFirestoreThatHangsIsAFaultOnceTheDeadlineHasPassed() {
    cloud.fault("{\"calls\": \"google.firestore.v1.Firestore/*\", \"effect\": \"hang\"}");
    Deadline now = Deadline.in(Duration.ofMillis(200), InstantSource.system());

    assertThatThrownBy(() -> store().read(TestTask.ID, now))
        .isInstanceOf(TransientFailure.class)
        .hasMessage("reading the task did not answer in time");
  }

  private static Timestamp at(Instant instant) {
    return Timestamp.ofTimeSecondsAndNanos(instant.getEpochSecond(), instant.getNano());
  }
}
