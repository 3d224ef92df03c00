package dev.in.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class INEventTest {
  private static final TaskRef TASK =
      new TaskRef("AAAAAAAAAAAAAAAA", 2, "0af7651916cd43dd8448eb211c80319c");
  private static final TaskFailed FAILED = new TaskFailed("ai", FailureCode.INTERNAL, "m");

  @Test
  void theEnvelopeFollowsFromTaskStageAndPayload() {
    INEvent<TaskFailed> event =
        INEvent.of(TASK, "ai", Instant.ofEpochMilli(1234), "recovery", FAILED);
    assertThat(event)
        .isEqualTo(
            new INEvent<>(
                EventId.of("AAAAAAAAAAAAAAAA", 2, "ai", EventType.TASK_FAILED),
                "AAAAAAAAAAAAAAAA",
                "0af7651916cd43dd8448eb211c80319c",
                Instant.ofEpochMilli(1234),
                "recovery",
                2,
                1,
                FAILED));
    assertThat(event.eventType()).isEqualTo("task.failed");
    assertThat(event.task()).isEqualTo(TASK);
  }

  @Test
  void whoeverPublishesAFailureItIsOneFact() {
    Instant at = Instant.ofEpochMilli(1234);
    assertThat(INEvent.of(TASK, "ai", at, "recovery", FAILED).eventId())
        .isEqualTo(INEvent.of(TASK, "ai", at, "ai", FAILED).eventId());
  }

  @Test
  void aTimestampIsKeptInWholeMillisecondsAsTheWireHasIt() {
    assertThat(
            INEvent.of(TASK, "ai", Instant.ofEpochSecond(1, 987_654_321), "ai", FAILED).timestamp())
        .isEqualTo(Instant.ofEpochMilli(1987));
  }

  @Test
  void aRunBelowOneIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TaskRef("AAAAAAAAAAAAAAAA", 0, TASK.traceId()))
        .withMessage("run must be 1 or more");
  }

  @Test
  void idsOfAnotherFormAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TaskRef("AAAAAAAAAAAAAAA/", 1, TASK.traceId()))
        .withMessage("taskId must match (?!__.*__$)[A-Za-z0-9_-]{16,64}");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TaskRef("AAAAAAAAAAAAAAAA", 1, "0"))
        .withMessage("traceId must match [0-9a-f]{32}");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ImageInput.Upload("../x"))
        .withMessage("uploadId must match [A-Za-z0-9_-]{16,64}");
  }

  @Test
  void nullsAreRefusedByName() {
    assertThatNullPointerException()
        .isThrownBy(() -> INEvent.of(TASK, "ai", Instant.EPOCH, null, FAILED))
        .withMessage("source is null");
    assertThatNullPointerException()
        .isThrownBy(() -> new TaskFailed("ai", null, "m"))
        .withMessage("code is null");
    assertThatNullPointerException()
        .isThrownBy(() -> new DownloadRequested(null, Feature.DEFAULT))
        .withMessage("input is null");
  }

  @Test
  void aRecordDoesNotChangeWithTheListItWasGiven() {
    List<Feature> features = new ArrayList<>(List.of(Feature.TEXT));
    List<AiAnalyzed.Tag> labels = new ArrayList<>();
    AiAnalyzed analyzed =
        new AiAnalyzed(
            "local",
            features,
            Optional.of(labels),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    features.clear();
    labels.add(new AiAnalyzed.Tag("sea", 1));
    assertThat(analyzed.features()).containsExactly(Feature.TEXT);
    assertThat(analyzed.labels()).contains(List.of());
  }

  @Test
  void aConfidenceIsANumber() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AiAnalyzed.Tag("sea", Double.NaN))
        .withMessage("confidence is not a finite number");
  }

  @Test
  void anUploadIsInItsOwnersFolder() {
    assertThat(new ImageInput.Upload("uuuuuuuuuuuuuuuuuuuuuu").objectName("local"))
        .isEqualTo("uploads/local/uuuuuuuuuuuuuuuuuuuuuu");
  }

  @Test
  void anObjectIsKnownToGoogleByItsUri() {
    assertThat(new ObjectRef("b", "tasks/t/1/original", 5).gsUri())
        .isEqualTo("gs://b/tasks/t/1/original");
  }
}
