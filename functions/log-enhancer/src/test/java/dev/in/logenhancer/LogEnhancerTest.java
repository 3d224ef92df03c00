package dev.in.logenhancer;

import static dev.in.core.testing.TestTask.START;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.cloud.Timestamp;
import com.google.cloud.firestore.Firestore;
import dev.in.core.failure.Deadline;
import dev.in.core.task.StageError;
import dev.in.core.task.TaskDocument;
import dev.in.core.task.TaskStatus;
import dev.in.core.task.TaskStore;
import dev.in.core.testing.LocalCloud;
import dev.in.core.testing.LocalCloudProcess;
import dev.in.core.testing.LocalCloudResource;
import dev.in.core.testing.PushBody;
import dev.in.core.testing.PushClient;
import dev.in.core.testing.TestTask;
import dev.in.events.EventAttributes;
import dev.in.events.EventCodec;
import dev.in.events.FailureCode;
import dev.in.events.INEvent;
import dev.in.events.RecognizedPayload;
import dev.in.events.Stage;
import dev.in.events.TaskFailed;
import dev.in.events.TaskRef;
import dev.in.events.WebhookDisabled;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole function: pushed to over HTTP, with the local cloud's Firestore. */
@QuarkusTest
@QuarkusTestResource(LocalCloudResource.class)
class LogEnhancerTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String TRACEPARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";

  @TestHTTPResource("/")
  URI endpoint;

  @LocalCloud LocalCloudProcess cloud;
  @Inject Firestore firestore;
  @Inject TaskStore store;

  /** Of its own, so that no test sees another's. */
  private final TaskRef ref = new TaskRef(UUID.randomUUID().toString(), 1, TestTask.REF.traceId());

  private final INEvent<TaskFailed> failed =
      INEvent.of(
          ref,
          "metadata",
          START.plusSeconds(2),
          "metadata",
          new TaskFailed("metadata", FailureCode.CORRUPT_IMAGE, "There is no header."));

  @BeforeEach
  void clearFaults() {
    cloud.clearFaults();
  }

  @Test
  void anEventIsKeptWholeByteForByte() throws Exception {
    Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    assertThat(push(failed, EventCodec.write(failed))).isEqualTo(204);

    Map<String, Object> kept = kept(failed.eventId());
    assertThat(kept)
        .containsEntry("eventType", "task.failed")
        .containsEntry("taskId", ref.taskId())
        .containsEntry("body", new String(EventCodec.write(failed), UTF_8))
        .containsEntry("attributes", attributes(failed))
        .doesNotContainKeys("stage", "attempts", "durationMs");
    Instant recordedAt = ((Timestamp) kept.get("recordedAt")).toSqlTimestamp().toInstant();
    assertThat(recordedAt).isBetween(before, Instant.now());
    assertThat(kept.get("expiresAt"))
        .isEqualTo(Timestamp.of(java.sql.Timestamp.from(recordedAt.plus(Duration.ofDays(90)))));
  }

  @Test
  void whatTheTaskSaysOfItIsKeptBesideIt() throws Exception {
    create(failedTask());
    push(failed, EventCodec.write(failed));

    assertThat(kept(failed.eventId()))
        .containsEntry("stage", "metadata")
        .containsEntry("attempts", 1L)
        .containsEntry("durationMs", 2000L);
  }

  /** The first one stays, although the task is a run further by then. */
  @Test
  void anEventThatIsDeliveredTwiceIsKeptOnce() throws Exception {
    create(failedTask());
    push(failed, EventCodec.write(failed));
    Map<String, Object> first = kept(failed.eventId());
    firestore.document("tasks/" + ref.taskId()).update("run", 2).get();

    assertThat(push(failed, EventCodec.write(failed))).isEqualTo(204);

    assertThat(kept(failed.eventId())).isEqualTo(first);
  }

  @Test
  void manyDeliveriesOfOneEventAtOnceAreOneDocument() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> pushes = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        pushes.add(threads.submit(() -> push(failed, EventCodec.write(failed))));
      }
      for (Future<Integer> push : pushes) {
        assertThat(push.get()).isEqualTo(204);
      }
    }
    assertThat(history()).hasSize(1);
  }

  @Test
  void typesOfANewerVersionAreKept() throws Exception {
    String body =
        new String(EventCodec.write(failed), UTF_8).replace("task.failed", "task.praised");
    assertThat(push(failed, body.getBytes(UTF_8))).isEqualTo(204);

    assertThat(kept(failed.eventId()))
        .containsEntry("eventType", "task.praised")
        .containsEntry("body", body);
  }

  @Test
  void anEventOfAnAccountIsKeptWithoutLookingForATask() throws Exception {
    INEvent<WebhookDisabled> disabled =
        INEvent.of(
            ref,
            "edge",
            START,
            "edge",
            new WebhookDisabled(ref.taskId(), "gone", 1, Optional.empty()));
    cloud.resetCounters();
    assertThat(push(disabled, EventCodec.write(disabled))).isEqualTo(204);

    assertThat(cloud.counters().has("firestore.documents.read/tasks")).isFalse();
    assertThat(kept(disabled.eventId())).containsEntry("eventType", "webhook.disabled");
  }

  @Test
  void whileFirestoreIsDownEventsWait() throws Exception {
    cloud.fault(
        """
        {"calls": "google.firestore.v1.Firestore/*", "effect": "failBefore",
         "code": "PERMISSION_DENIED"}
        """);
    assertThat(push(failed, EventCodec.write(failed))).isEqualTo(503);
    cloud.clearFaults();
    assertThat(push(failed, EventCodec.write(failed))).isEqualTo(204);

    assertThat(kept(failed.eventId())).isNotNull();
  }

  @Test
  void itsLineInTheLogHasItsTraceAndWhatIsKnownAndNobodysName() {
    create(failedTask());
    try (RecordedLog log = new RecordedLog(EventLog.class)) {
      push(failed, EventCodec.write(failed));
      push(failed, EventCodec.write(failed));

      assertThat(log.contexts())
          .singleElement(InstanceOfAssertFactories.map(String.class, String.class))
          .containsEntry("traceId", TRACE)
          .containsEntry("taskId", ref.taskId())
          .containsEntry("eventType", "task.failed")
          .containsEntry("run", "1")
          .containsEntry("channel", "cli")
          .containsEntry("priority", "high")
          .containsEntry("stage", "metadata")
          .containsEntry("code", "corrupt_image")
          .containsEntry("attempts", "1")
          .containsEntry("durationMs", "2000")
          .doesNotContainKey("owner");
    }
  }

  @Test
  void operatorsReadTheHistoryOfATask() throws Exception {
    create(failedTask());
    push(failed, EventCodec.write(failed));

    assertThat(history())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.path("eventId").asText()).isEqualTo(failed.eventId().toString());
              assertThat(entry.path("eventType").asText()).isEqualTo("task.failed");
              assertThat(entry.path("body").asText().getBytes(UTF_8))
                  .isEqualTo(EventCodec.write(failed));
              assertThat(entry.at("/attributes/owner").asText()).isEqualTo("owner-7");
              assertThat(entry.path("stage").asText()).isEqualTo("metadata");
              assertThat(entry.path("durationMs").asInt()).isEqualTo(2000);
            });
  }

  @Test
  void operatorsReadASpanPageByPage() throws Exception {
    String start = Instant.now().toString();
    push(failed, EventCodec.write(failed));
    List<String> found = new ArrayList<>();
    int shards = json("/operator/history").path("shards").asInt();
    for (int shard = 0; shard < shards; shard++) {
      String after = start;
      while (!after.isEmpty()) {
        JsonNode page = json("/operator/history?limit=1&shard=%d&after=%s".formatted(shard, after));
        page.path("items").forEach(entry -> found.add(entry.path("eventId").asText()));
        after = page.path("nextAfter").asText();
      }
    }
    assertThat(found).containsExactly(failed.eventId().toString());
    assertThat(json("/operator/history?until=" + start).path("items"))
        .noneMatch(entry -> entry.path("eventId").asText().equals(failed.eventId().toString()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?shard=-1",
        "?shard=8",
        "?limit=0",
        "?limit=501",
        "?after=then",
        "?until=x",
        "/tasks/short"
      })
  void whatIsNoSpanIsRefused(String query) {
    assertThat(new PushClient(endpoint).get("/operator/history" + query).statusCode())
        .isEqualTo(400);
  }

  private TaskDocument failedTask() {
    TaskDocument document =
        TaskDocument.create(
            ref,
            TestTask.INPUT,
            TestTask.FEATURES,
            Optional.empty(),
            TestTask.ROUTING,
            START,
            Duration.ofDays(40));
    return document
        .with(Stage.METADATA, TestTask.running(TestTask.lease("t", "m", 1)), START)
        .failed(
            Stage.METADATA,
            new StageError(FailureCode.CORRUPT_IMAGE, "There is no header."),
            START.plusSeconds(2));
  }

  private void create(TaskDocument task) {
    Deadline deadline = Deadline.in(Duration.ofSeconds(20), InstantSource.system());
    assertThat(store.create(task, deadline)).isPresent();
    assertThat(task.status()).isEqualTo(TaskStatus.FAILED);
  }

  private int push(INEvent<? extends RecognizedPayload> event, byte[] data) {
    PushBody body = PushBody.of(data);
    for (Map.Entry<String, String> attribute : attributes(event).entrySet()) {
      body = body.attribute(attribute.getKey(), attribute.getValue());
    }
    return new PushClient(endpoint).push(body).statusCode();
  }

  private static Map<String, String> attributes(INEvent<?> event) {
    return EventAttributes.of(event, TestTask.ROUTING, Optional.of(TRACEPARENT)).toMap();
  }

  private List<JsonNode> history() throws Exception {
    List<JsonNode> items = new ArrayList<>();
    json("/operator/history/tasks/" + ref.taskId()).path("items").forEach(items::add);
    return items;
  }

  private JsonNode json(String path) throws Exception {
    HttpResponse<String> answer = new PushClient(endpoint).get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new ObjectMapper().readTree(answer.body());
  }

  private Map<String, Object> kept(UUID eventId) throws Exception {
    return firestore.collection("history").document(eventId.toString()).get().get().getData();
  }
}
