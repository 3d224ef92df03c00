package dev.in.runner.forget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.in.runner.TestingServer;
import dev.in.runner.edge.EdgeRefusal;
import dev.in.runner.edge.RetryPolicy;
import dev.in.runner.operator.FunctionAddress;
import dev.in.runner.operator.OperatorTokens;
import dev.in.runner.redrive.Site;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against an edge and a recovery with scripted answers. */
class ForgetTest {
  private static final String ID = "forget_0000000001";
  private static final String DELETION = "/internal/v1/accounts/ada/deletion";
  private static final String TASK = "task_0123456789abcdef";
  private static final String COMMANDS = "POST /internal/v1/tasks/" + TASK + "/commands";
  private static final Duration SOON = Duration.ofSeconds(10);

  private TestingServer edge;
  private TestingServer recovery;

  @BeforeEach
  void start() throws IOException {
    edge = new TestingServer();
    recovery = new TestingServer();
  }

  @AfterEach
  void stop() {
    edge.close();
    recovery.close();
  }

  @Test
  void theEndOfADeletionIsAwaitedAndSaysWhatStays() throws Exception {
    edge.answer("POST " + DELETION, 503, "")
        .answer("POST " + DELETION, 202, deletion("deleting"))
        .answer("GET " + DELETION, 200, deletion("deleting"))
        .answer("GET " + DELETION, 200, deletion("deleted"));

    JsonNode deletion = forget().owner("ada", ID, SOON);

    assertThat(edge.requests("POST " + DELETION))
        .hasSize(2)
        .allSatisfy(
            request -> assertThat(request.body()).isEqualTo("{\"operationId\":\"" + ID + "\"}"));
    assertThat(edge.requests("GET " + DELETION)).hasSize(2);
    assertThat(DeletionReport.lines(deletion))
        .containsExactly(
            "The account ada is deleted: 200 tasks with their images, search index, feed, webhooks,"
                + " keys, mail.",
            "What stays, and for how many days:",
            "  logs (30): ids");
  }

  @Test
  void aDeletionThatTakesLongerThanThePersonWaitsGoesOnAtTheEdge() throws Exception {
    edge.answer("POST " + DELETION, 202, deletion("deleting"));

    JsonNode deletion = forget().owner("ada", ID, Duration.ZERO);

    assertThat(Forget.isFinished(deletion)).isFalse();
    assertThat(DeletionReport.lines(deletion).getFirst())
        .isEqualTo(
            "The account ada is being deleted, and the edge goes on by itself: operation %s, 200"
                    .formatted(ID)
                + " tasks.");
  }

  @Test
  void aTaskIsDeletedWhenItsTombstoneIsThere() throws Exception {
    edge.answer(COMMANDS, 202, "{}");
    recovery
        .answer("GET /operator/tasks/" + TASK, 200, "{\"status\": \"processing\"}")
        .answer("GET /operator/tasks/" + TASK, 200, "{\"status\": \"deleted\"}");

    assertThat(forget().task(TASK, ID, SOON)).contains("deleted");

    assertThat(edge.requests(COMMANDS).getFirst().body())
        .isEqualTo("{\"command\":\"delete\",\"operationId\":\"" + ID + "\"}");
  }

  @Test
  void whatTheEdgeDoesNotKnowIsNoTask() throws Exception {
    edge.answer(COMMANDS, 404, "{\"code\": \"unknown_task\"}");

    assertThat(forget().task(TASK, ID, SOON)).isEmpty();

    assertThat(recovery.requests()).isEmpty();
  }

  @Test
  void aRefusalIsFinal() {
    edge.answer("POST " + DELETION, 403, "{\"code\": \"forbidden\"}");

    assertThatThrownBy(() -> forget().owner("ada", ID, SOON)).isInstanceOf(EdgeRefusal.class);
  }

  private Forget forget() {
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
    FunctionAddress functions = new FunctionAddress(recovery.uri(), "functions");
    return new Forget(
        new Site(edge.uri(), "edge", functions, tokens), new RetryPolicy(SOON, note -> {}));
  }

  private static String deletion(String status) {
    return """
    {"owner": "ada", "operationId": "%s", "status": "%s", "tasks": 200,
     "remains": [{"store": "logs", "what": "ids", "days": 30}]}
    """
        .formatted(ID, status);
  }
}
