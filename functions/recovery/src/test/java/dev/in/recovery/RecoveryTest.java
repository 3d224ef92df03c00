package dev.in.recovery;

import static dev.in.core.testing.TestTask.completed;
import static dev.in.events.Stage.AI;
import static dev.in.events.Stage.DOWNLOAD;
import static dev.in.events.Stage.METADATA;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.QueryDocumentSnapshot;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import dev.in.core.failure.Deadline;
import dev.in.core.history.History;
import dev.in.core.history.HistoryEntry;
import dev.in.core.task.Lease;
import dev.in.core.task.StageError;
import dev.in.core.task.StageState;
import dev.in.core.task.StageStatus;
import dev.in.core.task.TaskDocument;
import dev.in.core.task.TaskStatus;
import dev.in.core.task.TaskStore;
import dev.in.core.testing.LocalCloud;
import dev.in.core.testing.LocalCloudProcess;
import dev.in.core.testing.LocalCloudResource;
import dev.in.core.testing.PushBody;
import dev.in.core.testing.PushClient;
import dev.in.core.testing.TestTask;
import dev.in.events.EventCodec;
import dev.in.events.FailureCode;
import dev.in.events.INEvent;
import dev.in.events.ImageInput;
import dev.in.events.RecognizedPayload;
import dev.in.events.Stage;
import dev.in.events.TaskCancel;
import dev.in.events.TaskDelete;
import dev.in.events.TaskFailed;
import dev.in.events.TaskRedrive;
import dev.in.events.TaskRef;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole function: called over HTTP, with Google's clients against the local cloud. */
@QuarkusTest
@QuarkusTestResource(LocalCloudResource.class)
class RecoveryTest {
  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);

  /** Longer than a message can be away, and well before the task's deadline. */
  private static final Instant LONG_AGO = NOW.minus(Duration.ofHours(1));

  private static final Instant BEFORE_ITS_DEADLINE_PASSED = NOW.minus(Duration.ofHours(7));

  /** The image of all tasks here. */
  private static final String UPLOAD_ID = ((ImageInput.Upload) TestTask.INPUT).uploadId();

  private static final String UPLOAD =
      ((ImageInput.Upload) TestTask.INPUT).objectName(TestTask.ROUTING.owner());

  @TestHTTPResource("/")
  URI endpoint;

  @LocalCloud LocalCloudProcess cloud;
  @Inject Storage storage;
  @Inject Firestore firestore;
  @Inject TaskStore store;
  @Inject History history;

  private final String taskId = "task_" + UUID.randomUUID();
  private final String operationId = "operation_" + UUID.randomUUID();

  @BeforeEach
  void startOver() throws Exception {
    cloud.clearFaults();
    for (String collection : List.of("tasks", "deadLetters")) {
      for (QueryDocumentSnapshot document : firestore.collection(collection).get().get()) {
        document.getReference().delete().get();
      }
    }
  }

  // --- Dead letters

  @Test
  void aRequestThatWasGivenUpIsPublishedAgainWhereItsTaskStandsStill() throws Exception {
    store(waitingFor(METADATA, LONG_AGO));

    assertThat(push(deadLetter(METADATA))).isEqualTo(204);

    assertThat(published("metadata-topic")).hasSize(1);
    assertThat(recorded("done")).isEqualTo("published again");
    assertThat(document().stage(METADATA).history().nudges()).isEqualTo(1);
  }

  @Test
  void aTaskWhoseMessageMayStillBeOnItsWayIsLeft() throws Exception {
    store(waitingFor(METADATA, NOW));

    assertThat(push(deadLetter(METADATA))).isEqualTo(204);

    assertThat(published("metadata-topic")).isEmpty();
    assertThat(recorded("done")).isEqualTo("in progress");
  }

  @Test
  void aTaskPastItsDeadlineFails() throws Exception {
    store(waitingFor(AI, BEFORE_ITS_DEADLINE_PASSED));

    assertThat(push(deadLetter(AI))).isEqualTo(204);

    assertThat(document().status()).isEqualTo(TaskStatus.FAILED);
    assertThat(document().stage(AI).error().orElseThrow().code()).isEqualTo(FailureCode.TIMED_OUT);
    assertThat(published("task-lifecycle-events"))
        .singleElement()
        .asString()
        .contains("\"eventType\":\"task.failed\"", "\"code\":\"timed_out\"");
    assertThat(recorded("done")).isEqualTo("timed out");
  }

  @Test
  void ofATaskThatHasEndedTheEndIsPublishedAgain() throws Exception {
    store(failed(AI, FailureCode.ANALYSIS_REJECTED));

    assertThat(push(deadLetter(METADATA))).isEqualTo(204);

    assertThat(published("task-lifecycle-events"))
        .singleElement()
        .asString()
        .contains("\"code\":\"analysis_rejected\"");
    assertThat(recorded("done")).isEqualTo("task has ended");
  }

  @Test
  void withoutADocumentTheMessageItselfIsPublishedAgain() throws Exception {
    assertThat(push(deadLetter(DOWNLOAD))).isEqualTo(204);

    JsonNode message = messages("download-topic").getFirst();
    assertThat(Base64.getDecoder().decode(message.path("data").asText()))
        .isEqualTo(EventCodec.write(request(DOWNLOAD)));
    assertThat(message.path("attributes").toString()).isEqualTo("{\"taskId\":\"" + taskId + "\"}");
    assertThat(recorded("done")).isEqualTo("published again");
  }

  @Test
  void whatAFunctionRefusedIsNeverPublishedAgain() throws Exception {
    PushBody refused =
        PushBody.of(EventCodec.write(request(DOWNLOAD)))
            .subscription("dead-letter")
            .attribute("sourceSubscription", "download")
            .attribute("deadLetterReason", "not for download");

    assertThat(push(refused)).isEqualTo(204);

    assertThat(published("download-topic")).isEmpty();
    assertThat(recorded("done")).isEqualTo("recorded");
    assertThat(recorded("reason")).isEqualTo("not for download");
  }

  @Test
  void whatCannotBeDecodedIsRecordedAndGoesNowhere() throws Exception {
    PushBody undecodable =
        PushBody.of("not an event".getBytes(UTF_8))
            .subscription("dead-letter")
            .attribute("sourceSubscription", "download")
            .attribute("deadLetterReason", "the message is not JSON");
    int before = messages("dead-letter-topic").size();

    assertThat(push(undecodable)).isEqualTo(204);

    assertThat(messages("dead-letter-topic")).hasSize(before);
    DocumentSnapshot letter = onlyDeadLetter();
    assertThat(letter.getBlob("data").toBytes()).isEqualTo("not an event".getBytes(UTF_8));
    assertThat(letter.getString("subscription")).isEqualTo("download");
    assertThat(letter.getLong("sizeBytes")).isEqualTo(12);
  }

  @Test
  void whatAnotherConsumerGaveUpIsRecorded() throws Exception {
    store(waitingFor(METADATA, LONG_AGO));
    INEvent<?> failed =
        INEvent.of(
            new TaskRef(taskId, 1, TestTask.REF.traceId()),
            "ai",
            NOW,
            "ai",
            new TaskFailed(AI.wireName(), FailureCode.INTERNAL, "Failed."));

    assertThat(push(forwarded(PushBody.of(EventCodec.write(failed)), "sync"))).isEqualTo(204);

    assertThat(published("metadata-topic")).isEmpty();
    assertThat(recorded("done")).isEqualTo("recorded");
  }

  @Test
  void theSameLetterTwiceIsOne() throws Exception {
    store(waitingFor(METADATA, LONG_AGO));

    push(deadLetter(METADATA));
    push(deadLetter(METADATA));

    assertThat(published("metadata-topic")).hasSize(1);
    assertThat(onlyDeadLetter().exists()).isTrue();
  }

  @Test
  void operatorsSeeRecordedDeadLettersUntilTheyRemoveThem() throws Exception {
    store(waitingFor(METADATA, NOW));
    push(deadLetter(METADATA));
    String id = onlyDeadLetter().getId();

    JsonNode items = json(client().get("/operator/dead-letters")).path("items");
    assertThat(items).hasSize(1);
    assertThat(Instant.parse(items.get(0).path("recordedAt").asText())).isAfterOrEqualTo(NOW);
    assertThat(((ObjectNode) items.get(0)).without("recordedAt").toString())
        .isEqualTo(
            ("{\"id\":\"%s\",\"subscription\":\"metadata\",\"eventType\":\"metadata.requested\","
                    + "\"taskId\":\"%s\",\"done\":\"in progress\"}")
                .formatted(id, taskId));
    assertThat(client().deleteAt("/operator/dead-letters/nonsense").statusCode()).isEqualTo(400);

    assertThat(client().deleteAt("/operator/dead-letters/" + id).statusCode()).isEqualTo(204);

    assertThat(json(client().get("/operator/dead-letters")).path("items")).isEmpty();
  }

  @Test
  void aDeadLetterWaitsUntilFirestoreAnswers() throws Exception {
    store(waitingFor(METADATA, LONG_AGO));
    refuse("google.firestore.v1.Firestore/*");

    assertThat(push(deadLetter(METADATA))).isEqualTo(503);

    cloud.clearFaults();
    assertThat(push(deadLetter(METADATA))).isEqualTo(204);
    assertThat(published("metadata-topic")).hasSize(1);
  }

  // --- Commands

  @Test
  void aRedriveRunsTheFailedStageAgain() throws Exception {
    store(failed(METADATA, FailureCode.TIMED_OUT));

    assertThat(push(command(new TaskRedrive(operationId), 2))).isEqualTo(204);
    assertThat(push(command(new TaskRedrive(operationId), 2))).isEqualTo(204);

    TaskDocument document = document();
    assertThat(document.task().run()).isEqualTo(2);
    assertThat(document.status()).isEqualTo(TaskStatus.PROCESSING);
    assertThat(document.stage(DOWNLOAD).status()).isEqualTo(StageStatus.COMPLETED);
    assertThat(document.stage(METADATA)).isEqualTo(StageState.PENDING);
    assertThat(published("metadata-topic")).allMatch(json -> json.contains("\"run\":2"));
    assertThat(published("download-topic")).isEmpty();
    assertThat(operation()).isEqualTo(Map.of("redriven", 1));
  }

  @Test
  void whatHasNotFailedIsNotRedriven() throws Exception {
    store(waitingFor(METADATA, NOW));

    assertThat(push(command(new TaskRedrive(operationId), 2))).isEqualTo(204);

    assertThat(document().task().run()).isEqualTo(1);
    assertThat(operation()).isEqualTo(Map.of("not_failed", 1));
  }

  @Test
  void aRedriveOfWhatHasNoDocumentFailsTheRunThatTheCoordinatorOpened() throws Exception {
    assertThat(push(command(new TaskRedrive(operationId), 2))).isEqualTo(204);

    assertThat(published("task-lifecycle-events"))
        .singleElement()
        .asString()
        .contains("\"eventType\":\"task.failed\"", "\"run\":2", "\"code\":\"timed_out\"");
    assertThat(operation()).isEqualTo(Map.of("no_task", 1));
  }

  @Test
  void aCancelledTaskFails() throws Exception {
    store(waitingFor(METADATA, NOW));

    assertThat(push(command(new TaskCancel(operationId), 1))).isEqualTo(204);

    assertThat(document().stage(METADATA).error().orElseThrow().code())
        .isEqualTo(FailureCode.CANCELLED);
    assertThat(published("task-lifecycle-events"))
        .singleElement()
        .asString()
        .contains("\"code\":\"cancelled\"");
    assertThat(operation()).isEqualTo(Map.of("cancelled", 1));
  }

  @Test
  void aCancelWaitsForItsTasksDocument() throws Exception {
    assertThat(push(command(new TaskCancel(operationId), 1))).isEqualTo(503);

    store(waitingFor(DOWNLOAD, NOW));
    assertThat(push(command(new TaskCancel(operationId), 1))).isEqualTo(204);
    assertThat(operation()).isEqualTo(Map.of("cancelled", 1));
  }

  @Test
  void aDeletedTaskLeavesATombstoneAndNoObject() throws Exception {
    store(waitingFor(METADATA, NOW));
    storeObject("tasks/" + taskId + "/1/original");
    storeObject("tasks/" + taskId + "/2/original");
    storeObject("tasks/" + taskId + "x/1/original");

    assertThat(push(command(new TaskDelete(operationId), 1))).isEqualTo(204);

    DocumentSnapshot tombstone = firestore.collection("tasks").document(taskId).get().get();
    assertThat(tombstone.getData()).containsOnlyKeys("taskId", "status", "expiresAt");
    assertThat(tombstone.getString("status")).isEqualTo("deleted");
    assertThat(objects()).containsExactly("tasks/" + taskId + "x/1/original");
    assertThat(operation()).isEqualTo(Map.of("deleted", 1));
  }

  @Test
  void aDeletedTasksEventsAreGoneFromTheHistory() throws Exception {
    String otherTask = "task_" + UUID.randomUUID();
    for (String of : List.of(taskId, taskId, otherTask)) {
      history.add(
          new HistoryEntry(
              UUID.randomUUID(), "task.failed", of, NOW, "{}", Map.of(), Optional.empty()),
          soon());
    }

    assertThat(push(command(new TaskDelete(operationId), 1))).isEqualTo(204);

    assertThat(history.entriesOfTask(taskId, soon())).isEmpty();
    assertThat(history.entriesOfTask(otherTask, soon())).hasSize(1);
  }

  @Test
  void anUploadGoesWithTheLastTaskThatUsesIt() throws Exception {
    String other = "other_" + UUID.randomUUID();
    store(waitingFor(METADATA, NOW));
    store(named(other, waitingFor(DOWNLOAD, NOW)));
    storeObject(UPLOAD);
    storeObject(UPLOAD + "x");
    storeObject("uploads/eve/" + UPLOAD_ID);

    assertThat(push(deletionOf(taskId))).isEqualTo(204);
    assertThat(storage.get(LocalCloudProcess.BUCKET, UPLOAD)).isNotNull();
    assertThat(push(deletionOf(other))).isEqualTo(204);

    assertThat(storage.get(LocalCloudProcess.BUCKET, UPLOAD)).isNull();
    assertThat(storage.get(LocalCloudProcess.BUCKET, UPLOAD + "x")).isNotNull();
    assertThat(storage.get(LocalCloudProcess.BUCKET, "uploads/eve/" + UPLOAD_ID)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "google.firestore.v1.Firestore/Commit",
        "google.firestore.v1.Firestore/RunQuery",
        "storage.objects.delete"
      })
  void aDeletionThatWasInterruptedIsDoneInFullWhenItComesAgain(String calls) throws Exception {
    store(waitingFor(METADATA, LONG_AGO));
    push(deadLetter(METADATA));
    storeObject("tasks/" + taskId + "/1/original");
    storeObject(UPLOAD);
    refuse(calls);
    assertThat(push(deletionOf(taskId))).isEqualTo(503);

    cloud.clearFaults();
    assertThat(push(deletionOf(taskId))).isEqualTo(204);

    assertThat(store.read(taskId, soon())).isEmpty();
    assertThat(objects()).isEmpty();
    assertThat(storage.get(LocalCloudProcess.BUCKET, UPLOAD)).isNull();
    assertThat(firestore.collection("deadLetters").get().get().isEmpty()).isTrue();
  }

  @Test
  void aDeletedTasksDeadLettersGoWithItAndThoseThatComeLaterDoNotStay() throws Exception {
    store(waitingFor(METADATA, LONG_AGO));
    push(deadLetter(METADATA));
    PushBody undecodable =
        PushBody.of("not an event".getBytes(UTF_8))
            .subscription("dead-letter")
            .attribute("deadLetterReason", "the message is not JSON");
    push(undecodable);

    assertThat(push(deletionOf(taskId))).isEqualTo(204);
    assertThat(push(deadLetter(AI))).isEqualTo(204);

    assertThat(onlyDeadLetter().contains("taskId")).isFalse();
  }

  @Test
  void anotherEventIsNoCommand() throws Exception {
    PushBody event = PushBody.of(EventCodec.write(request(DOWNLOAD))).subscription("task-commands");
    int before = messages("dead-letter-topic").size();

    assertThat(push(event)).isEqualTo(204);

    assertThat(messages("dead-letter-topic")).hasSize(before + 1);
  }

  @Test
  void whatIsDeletedBeforeItHasADocumentNeverGetsOne() throws Exception {
    assertThat(push(command(new TaskDelete(operationId), 1))).isEqualTo(204);

    assertThat(store.create(waitingFor(DOWNLOAD, NOW), soon())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"google.firestore.v1.Firestore/*", "storage.objects.list"})
  void aCommandWaitsUntilGoogleAnswers(String calls) throws Exception {
    store(waitingFor(METADATA, NOW));
    storeObject("tasks/" + taskId + "/1/original");
    refuse(calls);

    assertThat(push(command(new TaskDelete(operationId), 1))).isEqualTo(503);

    cloud.clearFaults();
    assertThat(push(command(new TaskDelete(operationId), 1))).isEqualTo(204);
    assertThat(store.read(taskId, soon())).isEmpty();
  }

  // --- Reconciliation

  @Test
  void reconciliationMovesOnWhatStandsStill() throws Exception {
    store(waitingFor(METADATA, LONG_AGO));
    String late = "late_" + UUID.randomUUID();
    store(named(late, waitingFor(AI, BEFORE_ITS_DEADLINE_PASSED)));
    String busy = "busy_" + UUID.randomUUID();
    store(named(busy, waitingFor(DOWNLOAD, NOW)));

    assertThat(client().postTo("/reconcile", "").statusCode()).isEqualTo(204);

    assertThat(published("metadata-topic")).hasSize(1);
    assertThat(store.read(late, soon()).orElseThrow().document().status())
        .isEqualTo(TaskStatus.FAILED);
    assertThat(store.read(busy, soon()).orElseThrow().document().updatedAt()).isEqualTo(NOW);
  }

  @Test
  void whereReconciliationHasNudgedItWaits() throws Exception {
    store(waitingFor(METADATA, LONG_AGO));

    client().postTo("/reconcile", "");
    client().postTo("/reconcile", "");

    assertThat(published("metadata-topic")).hasSize(1);
  }

  @Test
  void reconciliationLeavesAloneWhatSomebodyWorksOn() throws Exception {
    Lease lease = new Lease("token", "message", 1, NOW.plusSeconds(600));
    TaskDocument waiting = waitingFor(METADATA, LONG_AGO);
    store(waiting.with(METADATA, StageState.PENDING.claimed(lease, LONG_AGO), LONG_AGO));

    assertThat(client().postTo("/reconcile", "").statusCode()).isEqualTo(204);

    assertThat(published("metadata-topic")).isEmpty();
    assertThat(document().stage(METADATA).lease()).contains(lease);
  }

  @Test
  void reconciliationSaysThatFirestoreIsAway() {
    refuse("google.firestore.v1.Firestore/RunQuery");

    assertThat(client().postTo("/reconcile", "").statusCode()).isEqualTo(503);
  }

  // --- What operators ask

  @Test
  void operatorsSeeWhatFailed() throws Exception {
    store(failed(METADATA, FailureCode.TIMED_OUT));
    store(named("other_" + UUID.randomUUID(), failed(AI, FailureCode.INTERNAL)));

    JsonNode found = json(client().get("/operator/failed-tasks?code=timed_out"));

    assertThat(found.path("items")).hasSize(1);
    assertThat(found.path("items").get(0))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"taskId": "%s", "run": 1, "stage": "metadata", "code": "timed_out",
                     "failedAt": "%s"}
                    """
                        .formatted(taskId, LONG_AGO)));
    assertThat(found.has("nextCursor")).isFalse();
    assertThat(json(client().get("/operator/failed-tasks")).path("items")).hasSize(2);
    assertThat(json(client().get("/operator/failed-tasks?since=" + NOW)).path("items")).isEmpty();
  }

  @Test
  void operatorsSeeHowATaskStands() throws Exception {
    store(failed(METADATA, FailureCode.TIMED_OUT));
    String busy = "busy_" + UUID.randomUUID();
    store(named(busy, waitingFor(DOWNLOAD, NOW)));

    assertThat(json(client().get("/operator/tasks/" + taskId)))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"taskId": "%s", "status": "failed", "run": 1, "stage": "metadata",
                     "code": "timed_out", "failedAt": "%s"}
                    """
                        .formatted(taskId, LONG_AGO)));
    assertThat(json(client().get("/operator/tasks/" + busy)).path("status").asText())
        .isEqualTo("processing");
    push(command(new TaskDelete(operationId), 1));
    assertThat(json(client().get("/operator/tasks/" + taskId)).path("status").asText())
        .isEqualTo("deleted");
    assertThat(json(client().get("/operator/tasks/never_0123456789abc")).path("status").asText())
        .isEqualTo("unknown");
  }

  @Test
  void anOperationIsRecordedOnceWithItsTasksAndWhatCameOfEach() throws Exception {
    store(failed(METADATA, FailureCode.TIMED_OUT));
    String begun = "/operator/operations/" + operationId;
    assertThat(client().get(begun + "/tasks").statusCode()).isEqualTo(404);

    assertThat(client().putTo(begun, operation(taskId, "other_0123456789abcd")).statusCode())
        .isEqualTo(204);
    assertThat(client().putTo(begun, operation(taskId, "other_0123456789abcd")).statusCode())
        .isEqualTo(204);
    assertThat(client().putTo(begun, operation(taskId)).statusCode()).isEqualTo(409);
    push(command(new TaskRedrive(operationId), 2));

    JsonNode record = json(client().get(begun + "/tasks"));
    assertThat(record.path("tasks"))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    [{"taskId": "%s", "result": "redriven"}, {"taskId": "other_0123456789abcd"}]
                    """
                        .formatted(taskId)));
    assertThat(record.path("command").asText()).isEqualTo("redrive");
    assertThat(record.path("requestedBy").asText()).isEqualTo("ada@example.com");
    assertThat(record.path("account").asText()).isEqualTo("not verified");
    assertThat(record.path("selection").path("code").asText()).isEqualTo("timed_out");
    assertThat(Instant.parse(record.path("requestedAt").asText())).isAfterOrEqualTo(NOW);
    assertThat(operation()).isEqualTo(Map.of("redriven", 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        """
        {"command": "destroy", "requestedBy": "ada", "tasks": ["task_0123456789abcdef"]}\
        """,
        """
        {"command": "redrive", "requestedBy": "", "tasks": ["task_0123456789abcdef"]}\
        """,
        """
        {"command": "redrive", "requestedBy": "ada", "tasks": []}\
        """,
        """
        {"command": "redrive", "requestedBy": "ada", "tasks": ["short"]}\
        """,
        """
        {"command": "redrive", "requestedBy": "ada", "tasks": ["task_0123456789abcdef"],
         "selection": {"code": null}}\
        """
      })
  void anOperationThatMakesNoSenseIsRefused(String body) {
    assertThat(client().putTo("/operator/operations/" + operationId, body).statusCode())
        .isEqualTo(400);
    assertThat(client().get("/operator/operations/" + operationId + "/tasks").statusCode())
        .isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "/operator/failed-tasks?since=yesterday",
    "/operator/failed-tasks?cursor=nowhere",
    "/operator/tasks/short",
    "/operator/operations/short",
    "/operator/operations/short/tasks"
  })
  void whatMakesNoSenseIsRefused(String path) {
    assertThat(client().get(path).statusCode()).isEqualTo(400);
  }

  // --- Tasks

  /** A task whose stages before that one have completed, and that was last written then. */
  private TaskDocument waitingFor(Stage stage, Instant since) {
    Map<Stage, StageState> completed =
        switch (stage) {
          case DOWNLOAD -> Map.of();
          case METADATA -> Map.of(DOWNLOAD, completed(DOWNLOAD));
          case AI -> Map.of(DOWNLOAD, completed(DOWNLOAD), METADATA, completed(METADATA));
        };
    return document(taskId, TaskStatus.PROCESSING, completed, since);
  }

  private TaskDocument failed(Stage stage, FailureCode code) {
    return waitingFor(stage, LONG_AGO).failed(stage, new StageError(code, "Failed."), LONG_AGO);
  }

  private static TaskDocument named(String taskId, TaskDocument like) {
    return document(taskId, like.status(), like.stages(), like.updatedAt());
  }

  private static TaskDocument document(
      String taskId, TaskStatus status, Map<Stage, StageState> stages, Instant since) {
    return new TaskDocument(
        new TaskRef(taskId, 1, TestTask.REF.traceId()),
        status,
        TestTask.INPUT,
        TestTask.FEATURES,
        TestTask.ROUTING,
        stages,
        since,
        since,
        since,
        since.plus(Duration.ofDays(40)));
  }

  private void store(TaskDocument document) {
    assertThat(store.create(document, soon())).isPresent();
  }

  private TaskDocument document() {
    return store.read(taskId, soon()).orElseThrow().document();
  }

  private void storeObject(String name) {
    storage.create(BlobInfo.newBuilder(LocalCloudProcess.BUCKET, name).build(), new byte[] {1});
  }

  private List<String> objects() {
    List<String> names = new ArrayList<>();
    storage
        .list(LocalCloudProcess.BUCKET, Storage.BlobListOption.prefix("tasks/" + taskId))
        .iterateAll()
        .forEach(object -> names.add(object.getName()));
    return names;
  }

  // --- Messages

  private INEvent<? extends RecognizedPayload> request(Stage stage) {
    INEvent<? extends RecognizedPayload> request = TestTask.request(stage);
    return INEvent.of(
        new TaskRef(taskId, 1, request.traceId()), "edge", LONG_AGO, "edge", request.payload());
  }

  private PushBody deadLetter(Stage stage) {
    return forwarded(PushBody.of(EventCodec.write(request(stage))), stage.wireName())
        .attribute("taskId", taskId);
  }

  private static PushBody forwarded(PushBody body, String subscription) {
    return body.subscription("dead-letter")
        .attribute("CloudPubSubDeadLetterSourceDeliveryCount", "100")
        .attribute("CloudPubSubDeadLetterSourceSubscription", subscription);
  }

  private PushBody command(RecognizedPayload command, int run) {
    return PushBody.of(
            EventCodec.write(
                INEvent.of(
                    new TaskRef(taskId, run, TestTask.REF.traceId()),
                    "edge",
                    NOW,
                    "edge",
                    command)))
        .subscription("task-commands");
  }

  private PushBody deletionOf(String ofTask) {
    TaskDelete delete = new TaskDelete(operationId, Optional.of(UPLOAD_ID));
    return PushBody.of(
            EventCodec.write(
                INEvent.of(
                    new TaskRef(ofTask, 1, TestTask.REF.traceId()), "edge", NOW, "edge", delete)))
        .subscription("task-commands")
        .attribute("owner", TestTask.ROUTING.owner());
  }

  private int push(PushBody body) {
    return client().push(body).statusCode();
  }

  private PushClient client() {
    return new PushClient(endpoint);
  }

  private void refuse(String calls) {
    cloud.fault(
        """
        {"calls": "%s", "effect": "failBefore", "code": "PERMISSION_DENIED"}
        """
            .formatted(calls));
  }

  // --- What came of it

  /** This task's messages on a topic, as text. */
  private List<String> published(String topic) {
    return messages(topic).stream()
        .map(
            message -> new String(Base64.getDecoder().decode(message.path("data").asText()), UTF_8))
        .filter(json -> json.contains(taskId))
        .toList();
  }

  private List<JsonNode> messages(String topic) {
    List<JsonNode> messages = new ArrayList<>();
    JsonNode published = cloud.published(topic);
    (published.isArray() ? published : published.path("messages")).forEach(messages::add);
    return messages;
  }

  private String recorded(String field) throws Exception {
    return onlyDeadLetter().getString(field);
  }

  private DocumentSnapshot onlyDeadLetter() throws Exception {
    List<QueryDocumentSnapshot> letters =
        firestore.collection("deadLetters").get().get().getDocuments();
    assertThat(letters).hasSize(1);
    return letters.getFirst();
  }

  /** How many of the operation's tasks came to which result. */
  private Map<String, Object> operation() throws Exception {
    JsonNode answer = json(client().get("/operator/operations/" + operationId));
    assertThat(answer.path("operationId").asText()).isEqualTo(operationId);
    return new ObjectMapper()
        .convertValue(answer.path("results"), new TypeReference<Map<String, Object>>() {});
  }

  /** The body that begins an operation on these tasks. */
  private static String operation(String... tasks) throws Exception {
    return new ObjectMapper()
        .writeValueAsString(
            Map.of(
                "command",
                "redrive",
                "requestedBy",
                "ada@example.com",
                "selection",
                Map.of("code", "timed_out"),
                "tasks",
                tasks));
  }

  private static JsonNode json(HttpResponse<String> response) throws Exception {
    assertThat(response.statusCode()).isEqualTo(200);
    return new ObjectMapper().readTree(response.body());
  }

  private static Deadline soon() {
    return Deadline.in(Duration.ofSeconds(20), InstantSource.system());
  }
}
