package dev.in.core.engine;

import static dev.in.core.testing.TestTask.START;
import static dev.in.core.testing.TestTask.atRun;
import static dev.in.core.testing.TestTask.completed;
import static dev.in.core.testing.TestTask.document;
import static dev.in.core.testing.TestTask.lease;
import static dev.in.core.testing.TestTask.message;
import static dev.in.core.testing.TestTask.request;
import static dev.in.core.testing.TestTask.running;
import static dev.in.events.Stage.AI;
import static dev.in.events.Stage.DOWNLOAD;
import static dev.in.events.Stage.METADATA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.in.core.handler.Outcome.Ack;
import dev.in.core.handler.Outcome.Nack;
import dev.in.core.handler.ReceivedMessage;
import dev.in.core.task.Lease;
import dev.in.core.task.StageError;
import dev.in.core.task.StageState;
import dev.in.core.task.TaskDocument;
import dev.in.core.task.TaskStatus;
import dev.in.core.testing.TestTopology;
import dev.in.events.FailureCode;
import dev.in.events.Stage;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every line of the engine's first step, as seen by {@code metadata}. */
class DeliveryRulesTest {
  private static final Outbox OUTBOX = new Outbox(TestTopology.wholeChain());
  private static final DeliveryRules RULES = new DeliveryRules(METADATA, TestTopology.wholeChain());
  private static final Instant DURING_LEASE = START.plusSeconds(89);
  private static final Instant AT_LEASE_END = START.plusSeconds(90);
  private static final Decision ACK_OF_ANOTHER =
      new Decision.Settled(new Ack("another message holds the lease"));
  private static final Decision NACK_LIVE = new Decision.Settled(new Nack("lease is live"));

  @Nested
  class Runs {
    @Test
    void aMessageOfAnOlderRunIsAcked() {
      assertThat(decide(atRun(downloaded(StageState.PENDING), 2)))
          .isEqualTo(new Decision.Settled(new Ack("older run")));
    }

    @Test
    void aMessageOfAnOlderRunIsAckedEvenIfTheTaskHasEnded() {
      assertThat(decide(atRun(failed(), 2))).isEqualTo(new Decision.Settled(new Ack("older run")));
    }

    @Test
    void aMessageOfANewerRunComesBack() {
      assertThat(
              RULES.decide(
                  downloaded(StageState.PENDING), 2, delivered("m1", 1), "mine", DURING_LEASE))
          .isEqualTo(new Decision.Settled(new Nack("newer run than the document's")));
    }
  }

  @Nested
  class EndedTasks {
    @Test
    void aCompletedTaskTellsAgainHowItEnded() {
      TaskDocument task = completedTask();

      assertThat(decide(task))
          .isEqualTo(new Decision.Republish(OUTBOX.following(task, AI), "task ended"));
      assertThat(OUTBOX.following(task, AI).events())
          .extracting(event -> event.eventType())
          .containsExactly("ai.analyzed", "task.completed");
    }

    @Test
    void aFailedTaskTellsAgainThatItFailed() {
      TaskDocument task = failed();

      assertThat(decide(task))
          .isEqualTo(new Decision.Republish(OUTBOX.terminal(task), "task ended"));
      assertThat(OUTBOX.terminal(task).events())
          .extracting(event -> event.eventType())
          .containsExactly("task.failed");
      assertThat(OUTBOX.terminal(task).taskMessage()).isEmpty();
    }
  }

  @Nested
  class CompletedStages {
    @Test
    void whatFollowsIsPublishedAgainWhileTheNextStageHasNotStarted() {
      TaskDocument task = described(StageState.PENDING);

      assertThat(decide(task))
          .isEqualTo(new Decision.Republish(OUTBOX.following(task, METADATA), "stage completed"));
    }

    @Test
    void nothingIsPublishedAgainOnceTheNextStageRuns() {
      assertThat(decide(described(running(lease("its", "m9", 1)))))
          .isEqualTo(new Decision.Settled(new Ack("next stage has started")));
    }

    @Test
    void aNextStageThatWasReleasedHasStartedAllTheSame() {
      assertThat(decide(described(running(lease("its", "m9", 1)).released("Vision is away"))))
          .isEqualTo(new Decision.Settled(new Ack("next stage has started")));
    }
  }

  @Nested
  class ClaimableStages {
    @Test
    void aStageThatNobodyBeganMayBeClaimed() {
      assertThat(decide(downloaded(StageState.PENDING))).isEqualTo(new Decision.Claimable());
    }

    @Test
    void aReleasedStageMayBeClaimedHoweverOftenItCrashedBefore() {
      StageState released = crashed(4, lease("other", "m1", 1)).released("fault");

      assertThat(decide(downloaded(released))).isEqualTo(new Decision.Claimable());
    }
  }

  @Nested
  class LiveLeases {
    @ParameterizedTest
    @ValueSource(ints = {3, 4, 100})
    void aLaterDeliveryOfTheSameMessageTakesOver(int attempt) {
      assertThat(decide(held("m1", 2), delivered("m1", attempt)))
          .isEqualTo(new Decision.Claimable());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void theSameOrAnEarlierDeliveryOfTheSameMessageComesBack(int attempt) {
      assertThat(decide(held("m1", 2), delivered("m1", attempt))).isEqualTo(NACK_LIVE);
    }

    @Test
    void aMessageWithoutAttemptsComesBack() {
      assertThat(decide(held("m1", 0), delivered("m1", 0))).isEqualTo(NACK_LIVE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 100})
    void anotherMessageIsAckedSinceTheHoldersIsStillOutstanding(int attempt) {
      assertThat(decide(held("m1", 2), delivered("m2", attempt))).isEqualTo(ACK_OF_ANOTHER);
    }

    @Test
    void theHoldersOwnTokenIsRecognised() {
      assertThat(decide(downloaded(running(lease("mine", "m1", 1)))))
          .isEqualTo(new Decision.Mine());
    }

    @Test
    void theHoldersOwnTokenIsRecognisedAfterItsLeaseAsWell() {
      assertThat(
              RULES.decide(
                  downloaded(crashed(4, lease("mine", "m1", 1))),
                  1,
                  delivered("m1", 1),
                  "mine",
                  AT_LEASE_END))
          .isEqualTo(new Decision.Mine());
    }
  }

  @Nested
  class ExpiredLeases {
    @ParameterizedTest
    @ValueSource(strings = {"m1", "m2"})
    void anyMessageMayClaimFromTheVeryEndOfTheLease(String messageId) {
      assertThat(RULES.decide(held("m1", 2), 1, delivered(messageId, 1), "mine", AT_LEASE_END))
          .isEqualTo(new Decision.Claimable());
    }

    @Test
    void oneMillisecondBeforeItsEndALeaseIsLive() {
      assertThat(
              RULES.decide(
                  held("m1", 2), 1, delivered("m1", 2), "mine", AT_LEASE_END.minusMillis(1)))
          .isEqualTo(NACK_LIVE);
    }
  }

  @Nested
  class Crashes {
    @Test
    void theFourthClaimWithoutAWordMayBeFollowedByAFifth() {
      assertThat(
              RULES.decide(
                  downloaded(crashed(3, lease("other", "m1", 1))),
                  1,
                  delivered("m1", 1),
                  "mine",
                  AT_LEASE_END))
          .isEqualTo(new Decision.Claimable());
    }

    @Test
    void theFifthClaimWithoutAWordIsTheLast() {
      assertThat(
              RULES.decide(
                  downloaded(crashed(4, lease("other", "m1", 1))),
                  1,
                  delivered("m1", 1),
                  "mine",
                  AT_LEASE_END))
          .isEqualTo(new Decision.Exhausted());
    }

    @Test
    void takingOverALiveLeaseCountsAsACrashToo() {
      assertThat(decide(downloaded(crashed(4, lease("other", "m1", 1))), delivered("m1", 2)))
          .isEqualTo(new Decision.Exhausted());
    }

    @Test
    void aLiveFifthClaimIsLeftToEnd() {
      TaskDocument task = downloaded(crashed(4, lease("other", "m1", 1)));

      assertThat(decide(task, delivered("m2", 7))).isEqualTo(ACK_OF_ANOTHER);
      assertThat(decide(task, delivered("m1", 1))).isEqualTo(NACK_LIVE);
    }
  }

  @ParameterizedTest
  @EnumSource(Stage.class)
  void aStageAtTheEndOfTheChainLeavesATaskThatHasEnded(Stage stage) {
    TaskDocument task = document(TaskStatus.COMPLETED, Map.of(DOWNLOAD, completed(DOWNLOAD)));
    Outbox outbox = new Outbox(TestTopology.chain(DOWNLOAD));

    assertThat(
            new DeliveryRules(stage, TestTopology.chain(DOWNLOAD))
                .decide(task, 1, delivered("m1", 1), "mine", DURING_LEASE))
        .isEqualTo(new Decision.Republish(outbox.following(task, DOWNLOAD), "task ended"));
  }

  private static Decision decide(TaskDocument task) {
    return decide(task, delivered("m1", 1));
  }

  private static Decision decide(TaskDocument task, ReceivedMessage message) {
    return RULES.decide(task, 1, message, "mine", DURING_LEASE);
  }

  private static ReceivedMessage delivered(String messageId, int attempt) {
    return message(request(METADATA), messageId, attempt);
  }

  private static TaskDocument downloaded(StageState metadata) {
    return document(
        TaskStatus.PROCESSING, Map.of(DOWNLOAD, completed(DOWNLOAD), METADATA, metadata));
  }

  private static TaskDocument described(StageState ai) {
    return document(
        TaskStatus.PROCESSING,
        Map.of(DOWNLOAD, completed(DOWNLOAD), METADATA, completed(METADATA), AI, ai));
  }

  private static TaskDocument held(String messageId, int attempt) {
    return downloaded(running(lease("other", messageId, attempt)));
  }

  private static StageState crashed(int crashes, Lease lease) {
    StageState state = running(lease);
    for (int i = 0; i < crashes; i++) {
      state = state.claimed(lease, START);
    }
    return state;
  }

  private static TaskDocument completedTask() {
    return document(
        TaskStatus.COMPLETED,
        Map.of(DOWNLOAD, completed(DOWNLOAD), METADATA, completed(METADATA), AI, completed(AI)));
  }

  private static TaskDocument failed() {
    StageError error = new StageError(FailureCode.CORRUPT_IMAGE, "No header can be read.");
    return document(
        TaskStatus.FAILED,
        Map.of(
            DOWNLOAD,
            completed(DOWNLOAD),
            METADATA,
            running(lease("other", "m1", 1)).failed(error, START.plusSeconds(3))));
  }
}
