package dev.in.sync;

import static dev.in.core.testing.TestTask.START;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.in.coordinator.CallContext;
import dev.in.coordinator.StatusUpdate;
import dev.in.coordinator.TaskError;
import dev.in.coordinator.TaskStatus;
import dev.in.coordinator.UpdateAnswer;
import dev.in.core.edge.EdgeConfig;
import dev.in.core.failure.TransientFailure;
import dev.in.core.handler.Outcome;
import dev.in.core.handler.Outcome.Ack;
import dev.in.core.handler.Outcome.Nack;
import dev.in.core.message.DeadLetters;
import dev.in.core.publish.Outgoing;
import dev.in.core.publish.TestingPublisher;
import dev.in.core.switches.Switch;
import dev.in.core.task.PlannedFault;
import dev.in.core.task.StageError;
import dev.in.core.task.TaskDocument;
import dev.in.core.task.TestingTaskStore;
import dev.in.core.telemetry.Calls;
import dev.in.core.telemetry.Meters;
import dev.in.core.telemetry.Spans;
import dev.in.core.testing.Settings;
import dev.in.core.testing.TestTask;
import dev.in.core.testing.TestingClock;
import dev.in.events.FailureCode;
import dev.in.events.INEvent;
import dev.in.events.MalformedEventException;
import dev.in.events.RecognizedPayload;
import dev.in.events.Stage;
import dev.in.events.TaskCompleted;
import dev.in.events.TaskFailed;
import dev.in.topology.Topology;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the edge receives, and how its responses are handled. */
class SyncHandlerTest {
  private static final Instant ENDED = START.plusMillis(2_345);
  private static final String SPAN = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  private static final INEvent<TaskCompleted> COMPLETED =
      INEvent.of(
          TestTask.REF,
          "ai",
          ENDED,
          "ai",
          new TaskCompleted(
              "image/jpeg", Optional.of(640), Optional.of(480), 123_456, "ab".repeat(32), 2_345));
  private static final INEvent<TaskFailed> FAILED =
      INEvent.of(
          TestTask.REF,
          "metadata",
          ENDED,
          "metadata",
          new TaskFailed("metadata", FailureCode.CORRUPT_IMAGE, "There is no header."));

  private final TestingCoordinatorClient edge = new TestingCoordinatorClient();
  private final TestingTaskStore store = new TestingTaskStore();
  private final TestingPublisher published = new TestingPublisher();
  private boolean callbacksAreOn = true;
  private final SyncHandler handler =
      new SyncHandler(
          edge,
          store,
          new DeadLetters(Topology.load(), published, new TestingClock(START)),
          which -> which != Switch.CALLBACKS || callbacksAreOn,
          new Calls(new Spans(OpenTelemetry.noop()), new Meters(new SimpleMeterRegistry())),
          () -> Optional.of(SPAN),
          Settings.of(
              EdgeConfig.class,
              Map.of(
                  "IN_EDGE_URL", "https://edge.example",
                  "IN_EDGE_AUDIENCE", "edge",
                  "IN_EDGE_TIME_LIMIT", "7s")),
          new TestingClock(START));

  @BeforeEach
  void aTaskThatHasCompleted() {
    store.put(completed());
  }

  @Test
  void aCompletedTaskIsToldWithAllThatItsOwnerMaySee() throws Exception {
    assertThat(handle(COMPLETED)).isEqualTo(new Ack("reported"));

    StatusUpdate update = edge.updates().getFirst();
    assertThat(update)
        .isEqualTo(
            new StatusUpdate(
                TestTask.REF,
                COMPLETED.eventId(),
                TaskStatus.COMPLETED,
                Optional.of("ai"),
                ENDED,
                update.result(),
                Optional.empty()));
    assertThat(new ObjectMapper().readTree(update.result().orElseThrow().toString()))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"contentType": "image/jpeg", "sizeBytes": 123456, "sha256": "%s",
                     "width": 640, "height": 480,
                     "metadata": {"orientation": 6, "colorProfile": "sRGB",
                       "capturedAt": "2025-12-31T23:59:59", "cameraMake": "Maker",
                       "gps": {"latitude": 52.5, "longitude": 13.4}, "keywords": ["sea"]},
                     "analysis": {"provider": "local", "features": ["text", "colors"],
                       "unavailable": [], "skipped": "not today"},
                     "durationMs": 2345}
                    """
                        .formatted("ab".repeat(32))));
    assertThat(edge.contexts())
        .containsExactly(new CallContext(Duration.ofSeconds(7), Optional.of(SPAN)));
    assertThat(published.published()).isEmpty();
  }

  @Test
  void aFailedTaskIsToldWithItsErrorAndWhatIsKnownAllTheSame() throws Exception {
    store.put(failed());

    assertThat(handle(FAILED)).isEqualTo(new Ack("reported"));

    StatusUpdate update = edge.updates().getFirst();
    assertThat(update.status()).isEqualTo(TaskStatus.FAILED);
    assertThat(update.stage()).contains("metadata");
    assertThat(update.error())
        .contains(
            new TaskError(
                FailureCode.CORRUPT_IMAGE, "There is no header.", Optional.of("metadata")));
    assertThat(update.result())
        .contains(
            JsonNodeFactory.instance
                .objectNode()
                .put("contentType", "image/jpeg")
                .put("sizeBytes", 123_456L)
                .put("sha256", "ab".repeat(32))
                .put("durationMs", 2_345L));
  }

  @Test
  void whatComesOfAnOlderRunIsNotTold() throws Exception {
    store.put(TestTask.atRun(completed(), 2));

    assertThat(handle(COMPLETED)).isEqualTo(new Ack("a newer run will report"));
    assertThat(edge.updates()).isEmpty();
  }

  @Test
  void aTaskThatIsGoneIsNotTold() throws Exception {
    store.expire(TestTask.ID);

    assertThat(handle(COMPLETED)).isEqualTo(new Ack("the task is gone"));
    assertThat(edge.updates()).isEmpty();
    assertThat(published.published()).isEmpty();
  }

  @Test
  void aFailureOfATaskThatIsGoneIsReportedWithoutAResult() throws Exception {
    store.expire(TestTask.ID);

    assertThat(handle(FAILED)).isEqualTo(new Ack("reported"));

    StatusUpdate update = edge.updates().getFirst();
    assertThat(update.status()).isEqualTo(TaskStatus.FAILED);
    assertThat(update.error().orElseThrow().code()).isEqualTo(FailureCode.CORRUPT_IMAGE);
    assertThat(update.result()).isEmpty();
  }

  @Test
  void aTaskThatCannotBeReadComesAgain() {
    store.plan(TestingTaskStore.Call.READ, PlannedFault.failBefore());

    assertThatThrownBy(() -> handle(COMPLETED)).isInstanceOf(TransientFailure.class);
    assertThat(edge.updates()).isEmpty();
  }

  @Test
  void anUnknownTaskIsGivenUpAndKeptAmongTheDeadLetters() throws Exception {
    edge.answer(new UpdateAnswer.UnknownTask());

    assertThat(handle(COMPLETED)).isEqualTo(new Ack("refused by the edge"));
    assertGivenUp("the edge does not know the task");
  }

  @Test
  void anUpdateThatIsRefusedIsGivenUpAndKeptAmongTheDeadLetters() throws Exception {
    edge.answer(new UpdateAnswer.Refused(400, "run must be 1 or more"));

    assertThat(handle(COMPLETED)).isEqualTo(new Ack("refused by the edge"));
    assertGivenUp("the edge refused the update: 400 run must be 1 or more");
  }

  @Test
  void aDeadLetterThatCannotBeKeptIsNotAcked() {
    edge.answer(new UpdateAnswer.UnknownTask());
    published.failAfter(0);

    assertThatThrownBy(() -> handle(COMPLETED)).isInstanceOf(TransientFailure.class);
  }

  @Test
  void anEdgeThatDoesNotTakeUsForSyncHoldsTheVerdictBack() throws Exception {
    edge.answer(new UpdateAnswer.NotAuthorized(403, "not sync"));

    assertThat(handle(COMPLETED)).isEqualTo(new Nack("not authorized at the edge"));
    assertThat(published.published()).isEmpty();
  }

  @Test
  void anEdgeThatIsDownDelaysTheVerdict() throws Exception {
    edge.answer(new UpdateAnswer.Unavailable("the edge answered 503"));

    assertThat(handle(COMPLETED)).isEqualTo(new Nack("the edge is unavailable"));
    assertThat(published.published()).isEmpty();
  }

  @Test
  void whereCallbacksAreSwitchedOffVerdictsWaitAndNothingIsRead() throws Exception {
    callbacksAreOn = false;

    assertThat(handle(COMPLETED)).isInstanceOf(Nack.class);
    assertThat(handle(FAILED)).isInstanceOf(Nack.class);
    assertThat(edge.updates()).isEmpty();
    assertThat(store.calls()).isEmpty();
  }

  @Test
  void aTaskMessageIsNotForSync() {
    assertThatThrownBy(() -> handle(TestTask.request(Stage.METADATA)))
        .isInstanceOf(MalformedEventException.class)
        .hasMessage("a metadata.requested is not for sync");
    assertThat(edge.updates()).isEmpty();
  }

  private Outcome handle(INEvent<? extends RecognizedPayload> event)
      throws MalformedEventException {
    return handler.handle(TestTask.delivery(event, "m1", 1));
  }

  private void assertGivenUp(String reason) {
    Outgoing letter = published.published().getFirst();
    assertThat(published.published()).hasSize(1);
    assertThat(letter.topic()).isEqualTo("dead-letter-topic");
    assertThat(letter.attributes())
        .containsEntry("deadLetterReason", reason)
        .containsEntry("originalMessageId", "m1")
        .containsEntry("taskId", TestTask.ID)
        .containsEntry("eventType", "task.completed");
    assertThat(new String(letter.data(), UTF_8)).contains(COMPLETED.eventId().toString());
  }

  private static TaskDocument completed() {
    return TestTask.document(
        dev.in.core.task.TaskStatus.COMPLETED,
        Map.of(
            Stage.DOWNLOAD, TestTask.completed(Stage.DOWNLOAD),
            Stage.METADATA, TestTask.completed(Stage.METADATA),
            Stage.AI, TestTask.completed(Stage.AI)));
  }

  private static TaskDocument failed() {
    return TestTask.document(
        dev.in.core.task.TaskStatus.FAILED,
        Map.of(
            Stage.DOWNLOAD,
            TestTask.completed(Stage.DOWNLOAD),
            Stage.METADATA,
            TestTask.running(TestTask.lease("done", "m1", 1))
                .failed(new StageError(FailureCode.CORRUPT_IMAGE, "There is no header."), ENDED)));
  }
}
