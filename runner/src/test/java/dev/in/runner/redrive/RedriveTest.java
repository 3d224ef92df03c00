package dev.in.runner.redrive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.in.runner.TestingServer;
import dev.in.runner.TestingServer.Request;
import dev.in.runner.edge.EdgeRefusal;
import dev.in.runner.edge.RetryPolicy;
import dev.in.runner.operator.FunctionAddress;
import dev.in.runner.operator.OperatorTokens;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against an edge and a recovery with scripted answers. */
class RedriveTest {
  private static final String FAILED = "GET /operator/failed-tasks";
  private static final String OPERATION = "/operator/operations/operation_000000001";
  private static final String ID = "operation_000000001";
  private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
  private static final Selection TIMED_OUT =
      new Selection(List.of(), Optional.of("timed_out"), Optional.empty(), 3);

  private TestingServer recovery;
  private TestingServer edge;

  @BeforeEach
  void start() throws IOException {
    recovery = new TestingServer();
    edge = new TestingServer();
  }

  @AfterEach
  void stop() {
    recovery.close();
    edge.close();
  }

  @Test
  void failedTasksAreSearchedPageByPageUpToTheLimit() throws Exception {
    recovery
        .answer(
            FAILED,
            200,
            """
            {"items": [%s, %s], "nextCursor": "timed_out/b"}\
            """
                .formatted(failed("a", "ai"), failed("b", "download")))
        .answer(FAILED, 200, "{\"items\": [], \"nextCursor\": \"timed_out/c\"}")
        .answer(
            FAILED, 200, "{\"items\": [%s, %s]}".formatted(failed("c", "ai"), failed("d", "ai")));

    Candidates found = redrive().find(TIMED_OUT);

    assertThat(found.taskIds()).containsExactly(id("a"), id("b"), id("c"));
    assertThat(found.more()).isTrue();
    assertThat(found.histogram())
        .isEqualTo(
            Map.of(
                new Candidates.Failure("timed_out", "ai"), 2,
                new Candidates.Failure("timed_out", "download"), 1));
    assertThat(recovery.requests(FAILED)).hasSize(3);
    assertThat(recovery.requests(FAILED).getFirst().header("authorization"))
        .contains("Bearer ada for functions");
  }

  @Test
  void namedTasksAreLookedAtOneByOne() throws Exception {
    recovery
        .answer("GET /operator/tasks/" + id("a"), 200, failed("a", "ai"))
        .answer("GET /operator/tasks/" + id("b"), 200, "{\"status\": \"completed\", \"run\": 1}")
        .answer("GET /operator/tasks/" + id("c"), 200, "{\"status\": \"unknown\"}")
        .answer("GET /operator/tasks/" + id("d"), 200, "{\"status\": \"deleted\"}")
        .answer("GET /operator/tasks/" + id("e"), 200, failed("e", "ai"))
        .answer("GET /operator/tasks/" + id("f"), 200, failed("f", "ai", "internal", NOON))
        .answer(
            "GET /operator/tasks/" + id("g"),
            200,
            failed("g", "ai", "timed_out", NOON.minusSeconds(1)));
    List<String> named = List.of("a", "a", "b", "c", "d", "e", "f", "g");
    Selection selection =
        new Selection(
            named.stream().map(RedriveTest::id).toList(),
            Optional.of("timed_out"),
            Optional.of(NOON),
            1);

    Candidates found = redrive().find(selection);

    assertThat(found.taskIds()).containsExactly(id("a"));
    assertThat(found.more()).isTrue();
    assertThat(found.ineligible())
        .isEqualTo(
            Map.of(
                "completed", 1,
                "unknown", 1,
                "deleted", 1,
                "failed with another code", 1,
                "failed earlier", 1));
  }

  @Test
  void anOperationIsRecordedWithWhoAndWhichTasks() throws Exception {
    recovery.answer("PUT " + OPERATION, 204, "");

    assertThat(redrive().begin(ID, TIMED_OUT, List.of(id("a"), id("b")))).isTrue();

    assertThat(new ObjectMapper().readTree(recovery.requests().getFirst().body()))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"command": "redrive", "requestedBy": "ada",
                     "selection": {"code": "timed_out", "limit": "3"}, "tasks": ["%s", "%s"]}
                    """
                        .formatted(id("a"), id("b"))));
  }

  @Test
  void anotherOperationOfTheSameIdIsNotBegun() throws Exception {
    recovery.answer("PUT " + OPERATION, 409, "");

    assertThat(redrive().begin(ID, TIMED_OUT, List.of(id("a")))).isFalse();
  }

  @Test
  void onlyWhatHasNoResultIsCommandedAndAllResultsAreAwaited() throws Exception {
    recovery
        .answer("GET " + OPERATION + "/tasks", 200, tasks("a redriven", "b", "c", "d"))
        .answer("GET " + OPERATION + "/tasks", 200, tasks("a redriven", "b", "c ended", "d"))
        .answer(
            "GET " + OPERATION + "/tasks", 200, tasks("a redriven", "b redriven", "c ended", "d"));
    edge.answer(command("b"), 500, "")
        .answer(command("b"), 202, "{}")
        .answer(command("c"), 202, "{}")
        .answer(command("d"), 409, "{\"code\": \"task_not_failed\"}");

    Outcome outcome = redrive().carryOut(ID, 1000, Duration.ofSeconds(30));

    assertThat(outcome)
        .isEqualTo(new Outcome(4, sorted("redriven", 2, "ended", 1), sorted("task_not_failed", 1)));
    assertThat(outcome.redriven()).isEqualTo(3);
    assertThat(outcome.complete()).isFalse();
    assertThat(edge.requests().stream().map(Request::methodAndPath))
        .containsExactly(command("b"), command("b"), command("c"), command("d"));
    assertThat(edge.requests().getFirst().body())
        .isEqualTo("{\"command\":\"redrive\",\"operationId\":\"" + ID + "\"}");
    assertThat(edge.requests().getFirst().header("authorization"))
        .contains("Bearer ada for the edge");
  }

  @Test
  void resultsThatDoNotComeAreNotAwaitedForEver() throws Exception {
    recovery.answer("GET " + OPERATION + "/tasks", 200, tasks("a"));
    edge.answer(command("a"), 202, "{}");

    Outcome outcome = redrive().carryOut(ID, 10, Duration.ofMillis(1));

    assertThat(outcome.open()).isEqualTo(1);
    assertThat(outcome.complete()).isFalse();
  }

  @Test
  void commandsKeepToTheRate() throws Exception {
    recovery
        .answer("GET " + OPERATION + "/tasks", 200, tasks("a", "a", "a", "a", "a"))
        .answer("GET " + OPERATION + "/tasks", 200, tasks("a redriven"));
    edge.answer(command("a"), 202, "{}");
    long start = System.nanoTime();

    redrive().carryOut(ID, 4, Duration.ofSeconds(30));

    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    assertThat(edge.requests()).hasSize(5);
  }

  @Test
  void whoIsNoOperatorIsRefused() {
    recovery.answer(FAILED, 403, "");

    assertThatThrownBy(() -> redrive().find(TIMED_OUT))
        .isInstanceOf(EdgeRefusal.class)
        .hasMessageEndingWith(" answers 403");
  }

  @Test
  void aWrongAddressOfTheEdgeIsNoAnswerAboutATask() {
    recovery.answer("GET " + OPERATION + "/tasks", 200, tasks("a"));
    edge.answer(command("a"), 404, "{\"code\": \"not_found\"}");

    assertThatThrownBy(() -> redrive().carryOut(ID, 10, Duration.ofSeconds(1)))
        .isInstanceOf(EdgeRefusal.class);
  }

  @Test
  void theReportSaysHowManyAndWhy() {
    FailedTask task = new FailedTask(id("a"), "ai", "timed_out", NOON);
    RedriveReport report =
        new RedriveReport(
            Optional.of(ID),
            Optional.of(new Candidates(List.of(task, task), sorted("completed", 1), false)),
            Optional.of(new Outcome(2, sorted("redriven", 1), sorted("unknown_task", 1))));

    assertThat(report.lines())
        .containsExactly(
            "      2  timed_out in ai",
            "eligible: 2, ineligible: 1",
            "ineligible because: completed 1",
            "redriven: 1 of 2 tasks",
            "results: redriven 1",
            "refused by the edge: unknown_task 1");
    assertThat(report.json())
        .isEqualTo(
            "{\"operationId\":\"operation_000000001\",\"eligible\":2,\"more\":false,"
                + "\"ineligible\":{\"completed\":1},"
                + "\"failures\":[{\"code\":\"timed_out\",\"stage\":\"ai\",\"tasks\":2}],"
                + "\"tasks\":2,\"redriven\":1,\"open\":0,\"results\":{\"redriven\":1},"
                + "\"refused\":{\"unknown_task\":1},\"ok\":false}");
  }

  private Redrive redrive() {
    OperatorTokens tokens =
        new OperatorTokens() {
          @Override
          public String token(String audience) {
            return "ada for " + audience;
          }

          @Override
          public String person() {
            return "ada";
          }
        };
    return new Redrive(
        new Site(edge.uri(), "the edge", new FunctionAddress(recovery.uri(), "functions"), tokens),
        new RetryPolicy(Duration.ofSeconds(10), note -> {}),
        note -> {});
  }

  private static String id(String letter) {
    return "task_00000000000" + letter;
  }

  private static String command(String letter) {
    return "POST /internal/v1/tasks/" + id(letter) + "/commands";
  }

  private static String failed(String letter, String stage) {
    return failed(letter, stage, "timed_out", NOON);
  }

  private static String failed(String letter, String stage, String code, Instant at) {
    return """
    {"taskId": "%s", "status": "failed", "run": 1, "stage": "%s", "code": "%s", "failedAt": "%s"}\
    """
        .formatted(id(letter), stage, code, at);
  }

  /** As {@code "a redriven"}, or without a result {@code "a"}. */
  private static String tasks(String... tasks) {
    List<String> items = new ArrayList<>();
    for (String task : tasks) {
      String[] words = task.split(" ");
      String result = words.length == 1 ? "" : ", \"result\": \"" + words[1] + "\"";
      items.add("{\"taskId\": \"%s\"%s}".formatted(id(words[0]), result));
    }
    return "{\"tasks\": [" + String.join(", ", items) + "]}";
  }

  private static SortedMap<String, Integer> sorted(Object... namesAndCounts) {
    SortedMap<String, Integer> map = new TreeMap<>();
    for (int index = 0; index < namesAndCounts.length; index += 2) {
      map.put((String) namesAndCounts[index], (Integer) namesAndCounts[index + 1]);
    }
    return map;
  }
}
