package dev.in.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter errors = new StringWriter();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run",
        "run --nonsense a.jpg",
        "run --features text,smell a.jpg",
        "run --priority urgent a.jpg",
        "run --timeout 0 a.jpg",
        "run --timeout soon a.jpg",
        "submit a.jpg",
        "submit --to http://127.0.0.1:1",
        "login a.jpg",
        "logout --channel acme",
        "up --port x",
        "up --port 65536",
        "up --sign-in=65536",
        "up --sign-in=x",
        "up a.jpg",
        "status a.jpg",
        "status --late 0",
        "logs",
        "logs short",
        "logs --nonsense",
        "drill",
        "drill moon",
        "redrive",
        "redrive --dry-run",
        "redrive short",
        "redrive --no-such-option-at-all",
        "redrive --code Timed-out",
        "redrive --since yesterday",
        "redrive --code timed_out --limit 0",
        "redrive --code timed_out --limit 10001",
        "redrive --code timed_out --rate 0",
        "redrive --code timed_out --timeout 0",
        "redrive --operation short",
        "redrive --code timed_out --edge https://edge.example",
        "redrive --code timed_out --edge https://edge.example --recovery https://recovery.example",
        "replay",
        "replay --to moon",
        "replay --to notification",
        "replay --to download",
        "replay --to tag-indexer --type image.downloaded",
        "replay --to tag-indexer --from yesterday",
        "replay --to tag-indexer --until yesterday",
        "replay --to tag-indexer --rate 0",
        "replay --to tag-indexer --timeout 0",
        "replay --to tag-indexer --history https://history.example",
        "replay --to tag-indexer --history https://h.example --consumer https://c.example",
        "forget",
        "forget --owner",
        "forget --owner a/b",
        "forget --task short",
        "forget --owner ada --task task_0123456789abcdef",
        "forget --owner ada --operation short",
        "forget --owner ada --timeout 0",
        "forget --owner ada --edge https://edge.example",
        "stats --since yesterday",
        "stats --by mood",
        "stats --analytics https://analytics.example",
        "drill soak --tasks -1",
        "deploy",
        "deploy --project in-staging",
        "deploy --env staging --plan",
        "destroy --project in-staging",
        "nonsense"
      })
  void wrongUsageExitsWith2AndStartsNothing(String line) {
    assertThat(execute(line.split(" "))).isEqualTo(2);
    assertThat(errors.toString()).isNotBlank();
  }

  @Test
  void aTasksIdMayBeginWithAHyphen(@TempDir Path empty) {
    String upFile = empty.resolve("up.json").toString();
    assertThat(execute("logs", "--up-file", upFile, "-0123456789abcde")).isEqualTo(3);
    assertThat(errors.toString()).startsWith("in: no stack is running");
  }

  @Test
  void aFolderWithoutImagesIsNoInput(@TempDir Path empty) {
    assertThat(execute("run", empty.toString())).isEqualTo(2);
    assertThat(errors.toString()).contains("There are no images to process.");
  }

  @Test
  void anUnknownFeatureIsReportedWithTheKnownOnes() {
    execute("run", "--features", "smell", "a.jpg");

    assertThat(errors.toString())
        .contains(
            "There is no feature 'smell'; there are text, colors, labels, objects, faces,"
                + " safeSearch.");
  }

  @Test
  void anEdgeThatIsNotThereIsAFailureOfTheEnvironment() {
    assertThat(execute("submit", "--to", "http://127.0.0.1:1", "--timeout", "1", "a.jpg"))
        .isEqualTo(3);
    assertThat(errors.toString()).contains("in: there is no edge at http://127.0.0.1:1");
  }

  @Test
  void nobodySignsInWhereOthersCouldReadTheToken() {
    assertThat(execute("login", "--to", "http://edge.example")).isEqualTo(3);
    assertThat(errors.toString())
        .contains("in: the edge must be an https address, not http://edge.example");
  }

  @Test
  void withoutAnEdgeEveryInputHasItsRowAllTheSame(@TempDir Path folder) throws Exception {
    Path image = TestImages.write(folder.resolve("a.png"), 8, 8);
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      String[] command = {"submit", "--to", "http://127.0.0.1:1", "--timeout", "1", "--json"};
      String[] inputs = {image.toString(), "https://host.example/b.png", "missing.png"};
      assertThat(execute(Stream.of(command, inputs).flatMap(Stream::of).toArray(String[]::new)))
          .isEqualTo(3);
    } finally {
      System.setOut(before);
    }

    List<JsonNode> rows = new ArrayList<>();
    for (String line : printed.toString(StandardCharsets.UTF_8).lines().toList()) {
      rows.add(new ObjectMapper().readTree(line));
    }
    assertThat(rows)
        .extracting(row -> row.path("input").asText() + " " + row.at("/error/code").asText())
        .containsExactly(
            image + " wait_timeout",
            "https://host.example/b.png wait_timeout",
            "missing.png input_missing");
    assertThat(rows.getFirst().at("/error/message").asText())
        .startsWith("Not submitted: there is no edge at http://127.0.0.1:1");
  }

  @Test
  void anEnvironmentThatNobodyHasDescribedIsNotDeployed() {
    assertThat(execute("deploy", "--project", "in-nowhere", "--env", "nowhere", "--plan"))
        .isEqualTo(3);
    assertThat(errors.toString()).contains("copy staging.tfvars.example to it");
  }

  @Test
  void toRedriveNothingInParticularIsRefused() {
    assertThat(execute("redrive", "--dry-run")).isEqualTo(2);
    assertThat(errors.toString()).contains("Nothing is selected: name tasks, --code or --since.");
  }

  @Test
  void aConsumerThatNotifiesPeopleTakesNoReplay() {
    assertThat(execute("replay", "--to", "notification")).isEqualTo(2);
    assertThat(errors.toString()).contains("notification takes no replays");
  }

  @Test
  void aCheckpointOfAnotherReplayIsNotGoneOnWith(@TempDir Path folder) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("checkpoint.json"),
            """
            {"consumer": "tag-indexer task.failed", "after": "2026-11-26T12:00:00Z",
             "until": "2026-11-26T13:00:00Z"}
            """);
    assertThat(execute("replay", "--to", "tag-indexer", "--checkpoint", file.toString()))
        .isEqualTo(3);
    assertThat(errors.toString()).contains("is the checkpoint of another replay");
  }

  /** Neither the end that is asked for nor the one before is silently taken. */
  @Test
  void aCheckpointIsNotGoneOnWithUntilAnotherTime(@TempDir Path folder) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("checkpoint.json"),
            """
            {"consumer": "tag-indexer task.completed", "after": "2026-11-26T12:00:00Z",
             "until": "2026-11-26T13:00:00Z"}
            """);
    int exit =
        execute(
            ("replay --to tag-indexer --type task.completed --until 2026-11-26T14:00:00Z"
                    + " --checkpoint "
                    + file)
                .split(" "));
    assertThat(exit).isEqualTo(3);
    assertThat(errors.toString())
        .contains("is the checkpoint of a replay until 2026-11-26T13:00:00Z, not");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-9nyM10tFIwuK5rRYwr6wT", "-- --nyM10tFIwuK5rRYwr6wT"})
  void aTasksIdMayBeginWithAHyphen(String id, @TempDir Path empty) {
    String line = "redrive --up-file " + empty.resolve("up.json") + " " + id;

    assertThat(execute(line.split(" "))).isEqualTo(3);
    assertThat(errors.toString()).contains("in: no stack is running here");
  }

  @Test
  void theStatusOfNothingIsAFailureOfTheEnvironment(@TempDir Path empty) {
    assertThat(execute("status", "--up-file", empty.resolve("up.json").toString())).isEqualTo(3);
    assertThat(errors.toString()).contains("in: no stack is running here");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "run --help",
        "up --help",
        "submit --help",
        "login --help",
        "logout --help",
        "status --help",
        "logs --help",
        "redrive --help",
        "replay --help",
        "stats --help",
        "demo --help",
        "deploy --help",
        "destroy --help"
      })
  void helpIsNoFailure(String line) {
    assertThat(execute(line.split(" "))).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "run --version", "logs --version"})
  void theVersionNamesTheProgramAndItsJava(String line) {
    assertThat(execute(line.split(" "))).isZero();
    assertThat(out.toString()).matches("iN \\S.*, JDK " + Runtime.version().feature() + ".*\\R");
  }

  private int execute(String... arguments) {
    CommandLine commandLine = Main.commandLine();
    commandLine.setErr(new PrintWriter(errors, true));
    commandLine.setOut(new PrintWriter(out, true));
    return commandLine.execute(arguments);
  }
}
