package dev.in.runner.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.in.events.Priority;
import dev.in.runner.TestingServer;
import dev.in.runner.edge.EdgeClient;
import dev.in.runner.edge.RetryPolicy;
import dev.in.runner.edge.SubmissionOptions;
import dev.in.runner.edge.TaskView;
import dev.in.runner.edge.Tasks;
import dev.in.runner.input.Input;
import dev.in.runner.process.StackFailure;
import dev.in.runner.result.Row;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class BatchTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final String TASKS = "POST /v1/tasks";

  private static final Instant SUBMITTED = Instant.parse("2026-11-26T09:00:00Z");
  private static final Instant STAGE_ENDED = SUBMITTED.plusMillis(40);

  private final RecordingProgress progress = new RecordingProgress();
  private final StageEnds stageEnds = new StageEnds();
  private final CompletableFuture<StackFailure> abort = new CompletableFuture<>();
  private TestingServer edge;

  @BeforeEach
  void start() throws IOException {
    edge = new TestingServer();
  }

  @AfterEach
  void stop() {
    edge.close();
  }

  @Test
  void everyInputGetsItsRowInTheOrderOfTheInputs() throws Exception {
    accept("t1");
    edge.answer("GET /v1/tasks/t1/events", 200, event("processing_in_gcp") + event("completed"));
    List<Row> inOrder = new ArrayList<>();

    List<Row> rows =
        batch()
            .run(
                List.of(
                    new Input.ImageUrl("https://example.com/a"),
                    new Input.Unusable("none.jpg", "input_missing", "There is no such file.")),
                LONG,
                inOrder::add,
                abort)
            .rows();

    assertThat(rows).isEqualTo(inOrder);
    assertThat(rows)
        .extracting(row -> row.json().toString())
        .containsExactly(
            "{\"input\":\"https://example.com/a\",\"taskId\":\"t1\",\"status\":\"completed\"}",
            "{\"input\":\"none.jpg\",\"status\":\"failed\",\"error\":"
                + "{\"code\":\"input_missing\",\"message\":\"There is no such file.\"}}");
    assertThat(progress.lines())
        .containsExactly(
            "batch of 2 started",
            "0 started",
            "0 submitted",
            "0 processing_in_gcp",
            "0 completed",
            "0 finished completed",
            "1 finished failed",
            "batch finished");
  }

  @Test
  void anInputThatIsNotFinishedInTimeHasItsLastKnownStatus() throws Exception {
    accept("t1");
    // Each connection sends this and ends: the task makes no progress.
    edge.answer("GET /v1/tasks/t1/events", 200, event("processing_in_gcp"));

    List<Row> rows = run(Duration.ofSeconds(2), new Input.ImageUrl("https://example.com/a"));

    assertThat(rows)
        .extracting(row -> row.json().toString())
        .containsExactly(
            "{\"input\":\"https://example.com/a\",\"taskId\":\"t1\","
                + "\"status\":\"processing_in_gcp\",\"error\":{\"code\":\"wait_timeout\","
                + "\"message\":\"Not finished when the time (--timeout) was over.\"}}");
  }

  @Test
  void anInputThatCouldNotBeSubmittedInTimeHasFailed() throws Exception {
    edge.answer(TASKS, 503, "");

    List<Row> rows = run(Duration.ofSeconds(1), new Input.ImageUrl("https://example.com/a"));

    assertThat(rows)
        .extracting(
            row -> row.json().path("status").asText(),
            row -> row.json().path("error").path("code").asText())
        .containsExactly(org.assertj.core.groups.Tuple.tuple("failed", "wait_timeout"));
  }

  @Test
  void anAddressThatTheEdgeRefusesFailsAlone() throws Exception {
    edge.answer(TASKS, 400, "{\"detail\":\"imageUrl must be an absolute http or https URL\"}");

    assertThat(run(LONG, new Input.ImageUrl("http://")))
        .extracting(row -> row.json().toString())
        .containsExactly(
            "{\"input\":\"http://\",\"status\":\"failed\",\"error\":"
                + "{\"code\":\"source_unreachable\","
                + "\"message\":\"imageUrl must be an absolute http or https URL\"}}");
  }

  @Test
  void whatIsBeyondALimitIsNotSubmittedAndSaysWhich() throws Exception {
    accept("t1");
    edge.answer("GET /v1/tasks/t1/events", 200, event("completed"))
        .answer(
            TASKS,
            429,
            Map.of("Retry-After", "36000"),
            "{\"code\":\"submissions_per_day_exceeded\",\"detail\":\"there are more tomorrow\"}");

    Batch.Outcome outcome =
        outcome(
            LONG,
            new Input.ImageUrl("https://example.com/a"),
            new Input.ImageUrl("https://example.com/b"));

    assertThat(outcome.failure()).isEmpty();
    assertThat(outcome.rows())
        .extracting(row -> row.json().path("status").asText())
        .containsExactlyInAnyOrder("completed", "failed");
    assertThat(outcome.rows())
        .filteredOn(row -> !row.completed())
        .extracting(row -> row.json().path("error").toString())
        .containsExactly(
            "{\"code\":\"submissions_per_day_exceeded\",\"message\":\"there are more tomorrow\"}");
  }

  @Test
  void aTaskThatCannotBeFollowedAnyMoreKeepsItsIdInItsRow() throws Exception {
    accept("t1");
    edge.answer(
        "GET /v1/tasks/t1/events",
        429,
        Map.of("Retry-After", "36000"),
        "{\"code\":\"too_many_requests\",\"detail\":\"this address asks too often\"}");

    assertThat(run(LONG, new Input.ImageUrl("https://example.com/a")))
        .extracting(row -> row.json().toString())
        .containsExactly(
            "{\"input\":\"https://example.com/a\",\"taskId\":\"t1\",\"status\":\"submitted\","
                + "\"error\":{\"code\":\"too_many_requests\","
                + "\"message\":\"this address asks too often\"}}");
  }

  @Test
  void anEdgeThatDoesNotAuthorizeUsFailsTheWholeBatch() throws Exception {
    edge.answer(TASKS, 401, "{\"detail\":\"the token has expired\"}");

    Batch.Outcome outcome = outcome(LONG, new Input.ImageUrl("https://example.com/a"));

    assertThat(outcome.failure().orElseThrow())
        .hasMessage("the edge does not authorize us: the token has expired");
    assertThat(abort).isNotDone();
  }

  @Test
  void aStackThatFailsEndsTheBatchAndEachInputHasItsRowWithItsTaskId() throws Exception {
    accept("t1");
    edge.answer("GET /v1/tasks/t1/events", 200, event("processing_in_gcp"));
    CompletableFuture<Batch.Outcome> outcome =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return outcome(LONG, new Input.ImageUrl("https://example.com/a"));
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    progress.await("0 processing_in_gcp");

    abort.complete(new StackFailure("the local cloud ended"));

    assertThat(outcome.get().failure().orElseThrow()).hasMessage("the local cloud ended");
    assertThat(outcome.get().rows())
        .extracting(row -> row.json().toString())
        .containsExactly(
            "{\"input\":\"https://example.com/a\",\"taskId\":\"t1\","
                + "\"status\":\"processing_in_gcp\",\"error\":{\"code\":\"wait_timeout\","
                + "\"message\":\"Not finished when the command failed.\"}}");
    assertThat(progress.lines()).last().isEqualTo("batch finished");
  }

  @Test
  void anEdgeThatIsAwayForLongerThanAConnectionTakesIsWaitedFor() throws Exception {
    accept("t1");
    edge.answer("GET /v1/tasks/t1/events", 200, event("processing_in_gcp"));
    for (int i = 0; i < 5; i++) {
      edge.answer("GET /v1/tasks/t1/events", 502, "");
    }
    edge.answer("GET /v1/tasks/t1/events", 200, event("completed"));

    assertThat(run(LONG, new Input.ImageUrl("https://example.com/a")))
        .extracting(row -> row.json().toString())
        .containsExactly(
            "{\"input\":\"https://example.com/a\",\"taskId\":\"t1\",\"status\":\"completed\"}");
  }

  @Test
  void aStageThatEndedIsAnUpdateEvenIfTheEdgeDoesNotReportIt() throws Exception {
    accept("t1");
    // Before the submission is answered, and of another's task.
    stageEnds.accept(new StageEnd("t1", "download", STAGE_ENDED));
    stageEnds.accept(new StageEnd("t2", "download", STAGE_ENDED));
    edge.answer("GET /v1/tasks/t1/events", 200, timedEvent("processing_in_gcp"));
    CompletableFuture<List<Row>> rows =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return run(LONG, new Input.ImageUrl("https://example.com/a"));
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    progress.await("0 processing_in_gcp download");

    stageEnds.accept(new StageEnd("t1", "metadata", STAGE_ENDED.plusMillis(5)));
    progress.await("0 processing_in_gcp metadata");
    edge.answer("GET /v1/tasks/t1/events", 200, timedEvent("completed"));

    assertThat(rows.get())
        .extracting(row -> row.json().path("status").asText())
        .containsExactly("completed");
    stageEnds.accept(new StageEnd("t1", "ai", STAGE_ENDED));
    assertThat(progress.lines())
        .containsOnlyOnce("0 processing_in_gcp download", "0 processing_in_gcp metadata")
        .doesNotContain("0 processing_in_gcp ai");
    assertThat(progress.views())
        .filteredOn(view -> view.stage().equals(Optional.of("download")))
        .extracting(TaskView::times)
        .containsExactly(Optional.of(new TaskView.Times(SUBMITTED, STAGE_ENDED)));
  }

  private List<Row> run(Duration time, Input... inputs) throws InterruptedException {
    return outcome(time, inputs).rows();
  }

  private Batch.Outcome outcome(Duration time, Input... inputs) throws InterruptedException {
    return batch().run(List.of(inputs), time, row -> {}, abort);
  }

  private Batch batch() {
    EdgeClient client = new EdgeClient(edge.uri(), Optional.empty());
    return new Batch(
        new Tasks(
            client,
            new RetryPolicy(LONG, note -> {}),
            new SubmissionOptions(Priority.NORMAL, List.of())),
        progress,
        stageEnds);
  }

  private void accept(String taskId) {
    edge.answer(TASKS, 202, "{\"taskId\":\"%s\"}".formatted(taskId));
  }

  private static String event(String status) {
    return "id: 1\ndata: {\"taskId\":\"t1\",\"status\":\"%s\"}\n\n".formatted(status);
  }

  private static String timedEvent(String status) {
    return """
    id: 1
    data: {"taskId":"t1","status":"%s","createdAt":"%s","updatedAt":"%s"}

    """
        .formatted(status, SUBMITTED, SUBMITTED);
  }
}
