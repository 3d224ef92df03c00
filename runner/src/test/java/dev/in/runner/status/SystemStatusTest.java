package dev.in.runner.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What counts as wrong. */
class SystemStatusTest {
  private static final Duration LATE = Duration.ofSeconds(30);
  private static final FunctionStatus WELL = function(Health.UP, Map.of());
  private static final SubscriptionStatus IDLE = subscription("ai-work", 0, Optional.empty());

  @Test
  void anIdleOrBusyStackHasNoProblems() {
    assertThat(problems(Health.UP, WELL, IDLE)).isEmpty();
    assertThat(
            problems(
                Health.UP, WELL, subscription("ai-work", 900, Optional.of(LATE.minusMillis(1)))))
        .isEmpty();
  }

  @Test
  void aComponentThatIsDownOrSilentIsAProblem() {
    assertThat(problems(Health.DOWN, WELL, IDLE)).containsExactly("the edge: down");
    assertThat(problems(Health.UP, function(Health.SILENT, Map.of()), IDLE))
        .containsExactly("ai: no answer");
  }

  @Test
  void aMessageThatWaitsTooLongIsAProblem() {
    assertThat(problems(Health.UP, WELL, subscription("ai-work", 3, Optional.of(LATE))))
        .containsExactly("the subscription ai-work is late: 3 messages, the oldest 30.0 s");
  }

  @Test
  void aRecordedDeadLetterIsAProblem() {
    assertThat(withDeadLetters(OptionalInt.of(2)).problems(LATE))
        .containsExactly("2 dead letters are recorded");
    assertThat(withDeadLetters(OptionalInt.empty()).problems(LATE)).isEmpty();
  }

  @Test
  void theJsonSaysHowManyDeadLettersAreRecorded() {
    assertThat(StatusJson.of(withDeadLetters(OptionalInt.of(2)), List.of(), Path.of("/data/mail")))
        .contains("\"deadLetters\":2");
    assertThat(
            StatusJson.of(withDeadLetters(OptionalInt.empty()), List.of(), Path.of("/data/mail")))
        .doesNotContain("deadLetters");
  }

  private static SystemStatus withDeadLetters(OptionalInt deadLetters) {
    return new SystemStatus(Health.UP, List.of(WELL), List.of(IDLE), deadLetters, List.of());
  }

  @Test
  void aBudgetThatIsUsedUpIsAProblemAndOneThatTheEdgeDoesNotKnowIsNot() {
    SystemStatus status =
        new SystemStatus(
            Health.UP,
            List.of(WELL),
            List.of(IDLE),
            OptionalInt.of(0),
            List.of(budget(OptionalLong.of(1), true), budget(OptionalLong.empty(), false)));

    assertThat(status.problems(LATE))
        .containsExactly(
            "the budget of all channels is used up: tasks are not analysed until"
                + " 2026-11-27T00:00:00Z");
    assertThat(StatusTable.lines(status, List.of(), Path.of("/data/mail")))
        .contains(
            "budget: ? of 1000 units of analysis are left for all channels until"
                + " 2026-11-27T00:00:00Z");
  }

  private static BudgetStatus budget(OptionalLong left, boolean exceeded) {
    return new BudgetStatus("all", 1_000, left, exceeded, "2026-11-27T00:00:00Z");
  }

  @Test
  void anInvalidImageIsNotAProblemButAnInternalFailureIs() {
    assertThat(problems(Health.UP, function(Health.UP, Map.of("unsupported_type", 7L)), IDLE))
        .isEmpty();
    assertThat(problems(Health.UP, function(Health.UP, Map.of("attempts_exhausted", 1L)), IDLE))
        .containsExactly("ai has failed 1 tasks with attempts_exhausted");
  }

  @Test
  void theTableHasEveryComponentAndTheProblemsLast() {
    SystemStatus status =
        new SystemStatus(
            Health.UP,
            List.of(function(Health.SILENT, Map.of("unsupported_type", 2L))),
            List.of(
                new SubscriptionStatus(
                    "ai-work", 3, Optional.of(Duration.ofMillis(31_500)), 10, 4, 1, 2.25)),
            OptionalInt.of(0),
            List.of(budget(OptionalLong.of(998), false)));

    assertThat(StatusTable.lines(status, status.problems(LATE), Path.of("/data/mail")))
        .containsExactly(
            "COMPONENT  HEALTH     FAILED TASKS        NACKED DELIVERIES",
            "edge       up",
            "ai         no answer  unsupported_type 2",
            "",
            "SUBSCRIPTION  WAITING  OLDEST  NOW    DELIVERED  NACKED  DEAD-LETTERED",
            "ai-work       3        31.5 s  2.3/s  10         4       1",
            "",
            "switches: analysis OFF",
            "budget: 998 of 1000 units of analysis are left for all channels until"
                + " 2026-11-27T00:00:00Z",
            "mail: /data/mail",
            "",
            "! ai: no answer",
            "! the subscription ai-work is late: 3 messages, the oldest 31.5 s");
  }

  @Test
  void theJsonIsOneObject() {
    SystemStatus status =
        new SystemStatus(
            Health.UP,
            List.of(WELL),
            List.of(IDLE),
            OptionalInt.of(0),
            List.of(budget(OptionalLong.of(998), false)));

    assertThat(StatusJson.of(status, List.of(), Path.of("/data/mail")))
        .isEqualTo(
            "{\"ok\":true,\"problems\":[],\"edge\":\"up\",\"functions\":[{\"name\":\"ai\","
                + "\"pid\":17,\"port\":4711,\"health\":\"up\",\"failures\":{},\"nacks\":{}}],"
                + "\"subscriptions\":[{\"name\":\"ai-work\",\"backlog\":0,\"deliveries\":10,"
                + "\"nacks\":0,\"deadLettered\":0,\"perSecond\":0.0}],"
                + "\"deadLetters\":0,\"switches\":{\"analysis\":false},"
                + "\"budgets\":[{\"scope\":\"all\",\"unitsPerDay\":1000,\"unitsLeft\":998,"
                + "\"exceeded\":false,\"resetsAt\":\"2026-11-27T00:00:00Z\"}],"
                + "\"mail\":\"/data/mail\"}");
  }

  private static List<String> problems(
      Health edge, FunctionStatus function, SubscriptionStatus subscription) {
    return new SystemStatus(
            edge, List.of(function), List.of(subscription), OptionalInt.of(0), List.of())
        .problems(LATE);
  }

  private static FunctionStatus function(Health health, Map<String, Long> failures) {
    return new FunctionStatus(
        "ai",
        17,
        4711,
        health,
        new TreeMap<>(failures),
        new TreeMap<>(),
        new TreeMap<>(Map.of("analysis", false)));
  }

  private static SubscriptionStatus subscription(
      String name, long backlog, Optional<Duration> oldest) {
    return new SubscriptionStatus(name, backlog, oldest, 10, 0, 0, 0);
  }
}
