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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
      new Decision.Finish(new Ack("another message holds the lease"));
  private static final Decision ACK_COMPLETED = new Decision.Finish(new Ack("stage completed"));
  private static final Decision WORK = new Decision.Claim(false);
  private static final Decision WORK_ALONE = new Decision.Claim(true);

  /** Maximum backoff and ack deadline: longer than a message can stay away. */
  private static final Duration STALL = Duration.ofSeconds(300 + 150);

  @Nested
  class Runs {
    @Test
    void aMessageOfAnOlderRunIsAcked() {
      assertThat(decide(atRun(downloaded(StageState.PENDING), 2)))
          .isEqualTo(new Decision.Finish(new Ack("older run")));
    }

    @Test
    void aMessageOfAnOlderRunIsAckedEvenIfTheTaskHasEnded() {
      assertThat(decide(atRun(failed(), 2))).isEqualTo(new Decision.Finish(new Ack("older run")));
    }

    @Test
    void aMessageOfANewerRunComesBack() {
      assertThat(
              RULES.decide(
                  downloaded(StageState.PENDING), 2, delivered("m1", 1), "mine", DURING_LEASE))
          .isEqualTo(new Decision.Finish(new Nack("newer run than the document's")));
    }
  }

  @Nested
  class EndedTasks {
    @Test
    void aCompletedTasksEndIsPublishedAgain() {
      TaskDocument task = completedTask();

      assertThat(decide(task))
          .isEqualTo(new Decision.Publish(OUTBOX.following(task, AI), "task ended"));
      assertThat(OUTBOX.following(task, AI).events())
          .extracting(event -> event.eventType())
          .containsExactly("ai.analyzed", "task.completed");
    }

    @Test
    void aFailedTasksEndIsPublishedAgain() {
      TaskDocument task = failed();

      assertThat(decide(task)).isEqualTo(new Decision.Publish(OUTBOX.terminal(task), "task ended"));
      assertThat(OUTBOX.terminal(task).events())
          .extracting(event -> event.eventType())
          .containsExactly("task.failed");
      assertThat(OUTBOX.terminal(task).taskMessage()).isEmpty();
    }
  }

  @Nested
  class CompletedStages {
    @Test
    void theMessageThatCompletedItPublishesAgainWhileTheNextStageHasNotStarted() {
      TaskDocument task = described(StageState.PENDING);

      assertThat(decide(task, delivered("message-of-metadata", 2)))
          .isEqualTo(new Decision.Publish(OUTBOX.following(task, METADATA), "stage completed"));
    }

    @Test
    void onceTheNextStageHasStartedEverythingIsKnownToBePublished() {
      StageState running = running(lease("its", "m9", 1));

      assertThat(decide(described(running), delivered("message-of-metadata", 2)))
          .isEqualTo(ACK_COMPLETED);
      assertThat(
              decide(
                  described(running.released("Vision is away")),
                  delivered("message-of-metadata", 2)))
          .isEqualTo(ACK_COMPLETED);
    }

    @Test
    void anotherMessageIsAckedWhileTheTaskGoesOn() {
      assertThat(decideAt(described(StageState.PENDING), "m2", START.plus(STALL)))
          .isEqualTo(ACK_COMPLETED);
    }

    @Test
    void aTaskThatStandsStillGetsTheRequestOfTheStageItWaitsForAndTheEventBeforeIt() {
      TaskDocument task = described(StageState.PENDING);

      assertThat(decideAt(task, "m2", START.plus(STALL).plusMillis(1)))
          .isEqualTo(new Decision.Publish(OUTBOX.following(task, METADATA), "task stood still"));
    }

    @Test
    void soDoesATaskWhoseStageWasReleasedOrWhoseLeaseHasExpired() {
      StageState expired = running(lease("its", "m9", 1));

      for (StageState ai : List.of(expired, expired.released("Vision is away"))) {
        TaskDocument task = described(ai);
        assertThat(decideAt(task, "message-of-metadata", START.plus(STALL).plusMillis(1)))
            .isEqualTo(new Decision.Publish(OUTBOX.request(task, AI), "task stood still"));
      }
    }

    @Test
    void aTaskThatSomebodyWorksOnDoesNotStandStill() {
      Instant now = START.plus(STALL).plusMillis(1);
      StageState running = running(new Lease("its", "m9", 1, now.plusSeconds(1)));

      assertThat(decideAt(described(running), "m2", now)).isEqualTo(ACK_COMPLETED);
    }

    @Test
    void anEarlierStagesMessageSetsTheWaitingStageGoing() {
      TaskDocument task = described(StageState.PENDING);

      assertThat(
              new DeliveryRules(DOWNLOAD, TestTopology.wholeChain())
                  .decide(
                      task,
                      1,
                      delivered("of the edge", 1),
                      "mine",
                      START.plus(STALL).plusMillis(1)))
          .isEqualTo(new Decision.Publish(OUTBOX.request(task, AI), "task stood still"));
    }
  }

  @Nested
  class ClaimableStages {
    @Test
    void aStageThatNobodyBeganMayBeClaimed() {
      assertThat(decide(downloaded(StageState.PENDING))).isEqualTo(WORK);
    }

    @Test
    void aReleasedStageMayBeClaimedBesideOtherWorkHoweverOftenItsLeaseExpiredBefore() {
      StageState released = expired(5, lease("other", "m1", 1)).released("away");

      assertThat(decide(downloaded(released))).isEqualTo(WORK);
    }
  }

  @Nested
  class LiveLeases {
    @ParameterizedTest
    @ValueSource(ints = {3, 4, 100})
    void aLaterDeliveryOfTheSameMessageTakesOver(int attempt) {
      assertThat(decide(held("m1", 2), delivered("m1", attempt))).isEqualTo(WORK_ALONE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void theSameOrAnEarlierDeliveryOfTheSameMessageWaits(int attempt) {
      assertThat(decide(held("m1", 2), delivered("m1", attempt))).isEqualTo(new Decision.Wait());
    }

    @Test
    void aMessageWithoutAttemptsWaits() {
      assertThat(decide(held("m1", 0), delivered("m1", 0))).isEqualTo(new Decision.Wait());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 100})
    void anotherMessageIsAckedSinceTheHoldersIsStillOutstanding(int attempt) {
      assertThat(decide(held("m1", 2), delivered("m2", attempt))).isEqualTo(ACK_OF_ANOTHER);
    }

    @Test
    void theHoldersOwnTokenIsRecognised() {
      assertThat(decide(downloaded(running(lease("mine", "m1", 1)))))
          .isEqualTo(new Decision.Resume(false));
    }

    @Test
    void theHoldersOwnTokenIsRecognisedAfterItsLeaseAsWellAndStillRunsAlone() {
      assertThat(
              RULES.decide(
                  downloaded(expired(4, lease("mine", "m1", 1))),
                  1,
                  delivered("m1", 1),
                  "mine",
                  AT_LEASE_END))
          .isEqualTo(new Decision.Resume(true));
    }
  }

  @Nested
  class ExpiredLeases {
    @ParameterizedTest
    @ValueSource(strings = {"m1", "m2"})
    void anyMessageMayClaimFromTheVeryEndOfTheLease(String messageId) {
      assertThat(RULES.decide(held("m1", 2), 1, delivered(messageId, 1), "mine", AT_LEASE_END))
          .isEqualTo(WORK_ALONE);
    }

    @Test
    void oneMillisecondBeforeItsEndALeaseIsLive() {
      assertThat(
              RULES.decide(
                  held("m1", 2), 1, delivered("m1", 2), "mine", AT_LEASE_END.minusMillis(1)))
          .isEqualTo(new Decision.Wait());
    }
  }

  @Nested
  class LeasesThatExpireAgainAndAgain {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4})
    void theStageIsTriedAloneAfterTheFirstAndUntilTheFifthExpiryAlone(int before) {
      assertThat(
              RULES.decide(
                  downloaded(expired(before, lease("other", "m1", 1))),
                  1,
                  delivered("m1", 1),
                  "mine",
                  AT_LEASE_END))
          .isEqualTo(WORK_ALONE);
    }

    @Test
    void afterTheFifthExpiryAloneThereIsNoOtherClaim() {
      assertThat(
              RULES.decide(
                  downloaded(expired(5, lease("other", "m1", 1))),
                  1,
                  delivered("m1", 1),
                  "mine",
                  AT_LEASE_END))
          .isEqualTo(new Decision.Exhausted());
    }

    @Test
    void takingOverALiveLeaseCountsAsAnExpiryToo() {
      assertThat(decide(downloaded(expired(5, lease("other", "m1", 1))), delivered("m1", 2)))
          .isEqualTo(new Decision.Exhausted());
    }

    @Test
    void aLiveLastClaimIsLeftToEnd() {
      TaskDocument task = downloaded(expired(5, lease("other", "m1", 1)));

      assertThat(decide(task, delivered("m2", 7))).isEqualTo(ACK_OF_ANOTHER);
      assertThat(decide(task, delivered("m1", 1))).isEqualTo(new Decision.Wait());
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
        .isEqualTo(new Decision.Publish(outbox.following(task, DOWNLOAD), "task ended"));
  }

  private static Decision decide(TaskDocument task) {
    return decide(task, delivered("m1", 1));
  }

  private static Decision decide(TaskDocument task, ReceivedMessage message) {
    return RULES.decide(task, 1, message, "mine", DURING_LEASE);
  }

  private static Decision decideAt(TaskDocument task, String messageId, Instant now) {
    return RULES.decide(task, 1, delivered(messageId, 2), "mine", now);
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

  /** Claimed again after so many expiries. */
  private static StageState expired(int times, Lease lease) {
    StageState state = running(lease);
    for (int i = 0; i < times; i++) {
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
