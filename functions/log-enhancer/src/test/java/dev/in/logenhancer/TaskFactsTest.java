package dev.in.logenhancer;

import static dev.in.core.testing.TestTask.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.in.core.history.EventFacts;
import dev.in.core.task.StageError;
import dev.in.core.task.StageState;
import dev.in.core.task.TaskDocument;
import dev.in.core.task.TaskStatus;
import dev.in.core.testing.TestTask;
import dev.in.events.FailureCode;
import dev.in.events.INEvent;
import dev.in.events.ImageDownloaded;
import dev.in.events.ObjectRef;
import dev.in.events.RecognizedPayload;
import dev.in.events.Stage;
import dev.in.events.TaskCompleted;
import dev.in.events.TaskFailed;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a task's document adds to its events. */
class TaskFactsTest {
  private static final StageState DOWNLOADED = TestTask.completed(Stage.DOWNLOAD);
  private static final StageState FAILED =
      TestTask.running(TestTask.lease("second", "m-2", 2))
          .failed(
              new StageError(FailureCode.CORRUPT_IMAGE, "There is no header."),
              START.plusMillis(1500));

  @Test
  void aStageThatCompletedHasItsAttemptsAndItsTime() {
    TaskDocument task =
        TestTask.document(TaskStatus.PROCESSING, Map.of(Stage.DOWNLOAD, DOWNLOADED));
    assertThat(TaskFacts.of(downloaded(), task))
        .contains(new EventFacts(Optional.of(Stage.DOWNLOAD), 1, Duration.ofSeconds(2)));
  }

  @Test
  void aRedriveChangesNothingOfAStageThatCompletedBefore() {
    TaskDocument task =
        TestTask.atRun(
            TestTask.document(TaskStatus.PROCESSING, Map.of(Stage.DOWNLOAD, DOWNLOADED)), 2);
    assertThat(TaskFacts.of(downloaded(), task)).isPresent();
    assertThat(TaskFacts.of(TestTask.atRun(downloaded(), 2), task)).isEmpty();
  }

  @Test
  void aFailureIsThatOfItsStage() {
    TaskDocument task = TestTask.document(TaskStatus.FAILED, Map.of(Stage.METADATA, FAILED));
    assertThat(TaskFacts.of(failed("metadata"), task))
        .contains(new EventFacts(Optional.of(Stage.METADATA), 1, Duration.ofMillis(1500)));
  }

  @Test
  void aFailureOfAnotherRunStageOrTaskHasNoFacts() {
    TaskDocument task = TestTask.document(TaskStatus.FAILED, Map.of(Stage.METADATA, FAILED));
    assertThat(TaskFacts.of(failed("metadata"), TestTask.atRun(task, 2))).isEmpty();
    assertThat(TaskFacts.of(failed("download"), task)).isEmpty();
    assertThat(TaskFacts.of(failed("a stage of tomorrow"), task)).isEmpty();
  }

  @Test
  void aCompletedTaskHasTheAttemptsOfAllStagesAndItsOwnTime() {
    TaskDocument task =
        TestTask.document(
            TaskStatus.COMPLETED,
            Map.of(
                Stage.DOWNLOAD, DOWNLOADED,
                Stage.METADATA, TestTask.completed(Stage.METADATA),
                Stage.AI, TestTask.completed(Stage.AI)));
    INEvent<TaskCompleted> completed =
        event(
            "ai",
            new TaskCompleted(
                "image/jpeg", Optional.of(1), Optional.of(1), 1, "ab".repeat(32), 2345));
    assertThat(TaskFacts.of(completed, task))
        .contains(new EventFacts(Optional.empty(), 3, Duration.ofMillis(2345)));
  }

  private static INEvent<? extends RecognizedPayload> downloaded() {
    return event(
        "download",
        new ImageDownloaded(
            new ObjectRef("in-local-images", "tasks/x/1/original", 1),
            "image/jpeg",
            1,
            "ab".repeat(32)));
  }

  private static INEvent<TaskFailed> failed(String stage) {
    return event(stage, new TaskFailed(stage, FailureCode.CORRUPT_IMAGE, "There is no header."));
  }

  private static <P extends RecognizedPayload> INEvent<P> event(String stage, P payload) {
    return INEvent.of(TestTask.REF, stage, START, stage, payload);
  }
}
