package dev.in.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import picocli.CommandLine;

/** {@code in tasks} and {@code in search} against an HTTP server in the edge's place. */
@Isolated("standard output is the process's")
class LibraryCommandsTest {
  private static final String FIRST =
      "{\"taskId\":\"t1\",\"status\":\"completed\",\"createdAt\":\"2026-11-26T07:00:00.000Z\","
          + "\"fileName\":\"pier.jpg\"}";
  private static final String SECOND =
      "{\"taskId\":\"t2\",\"status\":\"failed\",\"createdAt\":\"2026-11-26T06:00:00.000Z\","
          + "\"error\":{\"code\":\"corrupt_image\",\"message\":\"m\"}}";

  private final PrintStream standard = System.out;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final StringWriter errors = new StringWriter();
  private TestingServer edge;

  @BeforeEach
  void start() throws Exception {
    edge = new TestingServer();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void stop() {
    System.setOut(standard);
    edge.close();
  }

  @Test
  void allPagesAreListedNewestFirst() {
    edge.answer("GET /v1/tasks?limit=50&status=failed", 200, page(FIRST, ",\"nextCursor\":\"c1\""));
    edge.answer("GET /v1/tasks?limit=49&status=failed&cursor=c1", 200, page(SECOND, ""));
    assertThat(run("tasks", "--status", "failed")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "2026-11-26T07:00:00.000Z  completed                                " + "t1  pier.jpg",
            "2026-11-26T06:00:00.000Z  failed             corrupt_image         t2");
  }

  @Test
  void noMoreAreShownThanAreWanted() {
    edge.answer("GET /v1/tasks?limit=1", 200, page(FIRST, ",\"nextCursor\":\"c1\""));
    assertThat(run("tasks", "--limit", "1", "--json")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8).lines()).containsExactly(FIRST);
  }

  @Test
  void theWordsOfASearchGoToTheEdgeAsTheyAre() throws Exception {
    edge.answer("GET /v1/search?limit=50&q=pier+color%3Ablue", 200, page(FIRST, ""));
    assertThat(run("search", "pier", "color:blue", "--json")).isZero();
    assertThat(new ObjectMapper().readTree(out.toString(StandardCharsets.UTF_8)).path("taskId"))
        .hasToString("\"t1\"");
  }

  @Test
  void aRefusalIsReported() {
    edge.answer("GET /v1/search?limit=50&q=day%3A", 400, "{\"code\":\"invalid_request\"}");
    assertThat(run("search", "day:")).isEqualTo(3);
    assertThat(out.size()).isZero();
  }

  @Test
  void aLimitIsReportedAtOnce() {
    edge.answer(
        "GET /v1/tasks?limit=50",
        429,
        Map.of("Retry-After", "60"),
        "{\"code\":\"too_many_requests\",\"detail\":\"this address asks too often\"}");
    assertThat(run("tasks")).isEqualTo(3);
    assertThat(errors.toString().lines())
        .containsExactly("in: the edge refused: this address asks too often");
  }

  @Test
  void whatTheEdgeSaysCannotCommandATerminal() {
    edge.answer("GET /v1/tasks?limit=50", 400, "{\"detail\":\"a\\u001b[2Jb\"}");
    assertThat(run("tasks")).isEqualTo(3);
    assertThat(errors.toString().lines()).containsExactly("in: the edge refused: a?[2Jb");
  }

  @Test
  void whatIsNotAnEdgeIsReportedAsSuch() {
    edge.answer("GET /v1/tasks?limit=50", 200, "<!doctype html>");
    edge.answer("GET /v1/session", 200, "<!doctype html>");
    assertThat(run("tasks")).isEqualTo(3);
    assertThat(run("login", "--no-browser")).isEqualTo(3);
    assertThat(errors.toString().lines())
        .containsExactly(
            "in: the edge at %s does not answer: java.io.IOException: the answer is not JSON"
                .formatted(edge.uri()),
            "in: there is no edge at %s (java.io.IOException: the answer is not JSON)"
                .formatted(edge.uri()));
  }

  private int run(String command, String... options) {
    String[] all = new String[options.length + 3];
    all[0] = command;
    all[1] = "--to";
    all[2] = edge.uri().toString();
    System.arraycopy(options, 0, all, 3, options.length);
    CommandLine commandLine = Main.commandLine();
    commandLine.setErr(new PrintWriter(errors, true));
    return commandLine.execute(all);
  }

  private static String page(String item, String rest) {
    return "{\"items\":[" + item + "]" + rest + "}";
  }
}
