package dev.in.runner;

import static dev.in.runner.ForeignHost.OK;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./in redrive} at a running stack, with tasks that have really failed. */
@ExtendWith(SharedStack.class)
class RedriveIT {
  private static final String REFUSED_BY_VISION =
      """
      {"calls": "google.cloud.vision.v1.ImageAnnotator/BatchAnnotateImages",
       "effect": "failBefore", "code": "INVALID_ARGUMENT"}
      """;

  @TempDir private Path folder;
  private RunningStack stack;
  private ForeignHost host;
  private Instant start;

  @BeforeEach
  void use(RunningStack shared) {
    stack = shared;
    host = stack.foreignHost();
    start = Instant.now();
  }

  @AfterEach
  void clear() throws Exception {
    stack.clearFaults();
  }

  @Test
  void theFailedStageAloneRunsAgainAndTheTaskCompletes() throws Exception {
    Path image = TestImages.write(folder.resolve("a.png"), 64, 48);
    String late = host.url("/late-" + start.toEpochMilli() + ".png");
    stack.fault(REFUSED_BY_VISION);
    Map<String, JsonNode> rows = stack.process(List.of(late, image.toString()));
    String missing = failed(rows.get(late), "source_not_found");
    String rejected = failed(rows.get(image.toString()), "analysis_rejected");
    host.on(
        late.substring(host.url("").length()),
        OK + "\nContent-Length: " + Files.size(image),
        Files.readAllBytes(image));

    JsonNode counted = redrive(0, "--dry-run", "--since", start.toString());
    assertThat(counted.path("eligible").asInt()).isEqualTo(2);
    assertThat(counted.path("failures").toString())
        .isEqualTo(
            "[{\"code\":\"analysis_rejected\",\"stage\":\"ai\",\"tasks\":1},"
                + "{\"code\":\"source_not_found\",\"stage\":\"download\",\"tasks\":1}]");
    assertThat(counted.has("operationId")).isFalse();
    assertThat(stack.view(missing).path("status").asText()).isEqualTo("failed");

    stack.clearFaults();
    JsonNode done = redrive(0, "--since", start.toString());

    assertThat(done.path("redriven").asInt()).isEqualTo(2);
    for (String taskId : List.of(missing, rejected)) {
      Wait.until(
          () -> stack.view(taskId).path("status").asText(), status -> status.equals("completed"));
      assertThat(stack.document(taskId))
          .containsEntry("run", 2L)
          .containsEntry("status", "completed");
      assertThat(stack.published("task-commands", taskId)).hasSize(1);
    }
    // The image was downloaded and its metadata read in the first run, and never again.
    assertThat(runs("metadata-topic", rejected)).containsExactly("1");
    assertThat(runs("ai-topic", rejected)).containsExactly("1", "2");
    assertThat(runs("download-topic", missing)).containsExactly("1", "2");
    assertThat(runs("task-lifecycle-events", missing)).containsExactly("1", "2");
  }

  @Test
  void anOperationIsContinuedAndDoesNothingTwice() throws Exception {
    String gone = host.url("/gone-" + start.toEpochMilli() + ".png");
    String also = host.url("/also-" + start.toEpochMilli() + ".png");
    Map<String, JsonNode> rows = stack.process(List.of(gone, also));
    String first = failed(rows.get(gone), "source_not_found");
    String second = failed(rows.get(also), "source_not_found");
    String operation = "redrive_" + start.toEpochMilli();

    redrive(0, "--operation", operation, "--limit", "1", "--", first, second);
    // It has failed again; another operation would be free to redrive it, this one is not.
    Wait.until(
        () -> stack.document(first).get("status") + " " + stack.document(first).get("run"),
        state -> state.equals("failed 2"));
    JsonNode again = redrive(0, "--operation", operation, "--", first, second);

    assertThat(again.path("tasks").asInt()).isEqualTo(1);
    assertThat(stack.document(first)).containsEntry("run", 2L);
    assertThat(stack.document(second)).containsEntry("run", 1L);
    assertThat(stack.published("task-commands", first)).hasSize(1);
  }

  @Test
  void whatCannotBeRedrivenIsCountedWithItsReason() throws Exception {
    String image = TestImages.write(folder.resolve("b.png"), 8, 8).toString();
    String gone = host.url("/no-" + start.toEpochMilli() + ".png");
    Map<String, JsonNode> rows = stack.process(List.of(image, gone));
    String completed = rows.get(image).path("taskId").asText();
    String failed = failed(rows.get(gone), "source_not_found");

    JsonNode found =
        redrive(
            0,
            "--dry-run",
            "--code",
            "timed_out",
            "--",
            completed,
            failed,
            "never_0123456789abcdef");

    assertThat(found.path("eligible").asInt()).isZero();
    assertThat(found.path("ineligible").toString())
        .isEqualTo("{\"completed\":1,\"failed with another code\":1,\"unknown\":1}");
  }

  private static String failed(JsonNode row, String code) {
    assertThat(row.path("error").path("code").asText()).as(row.toString()).isEqualTo(code);
    return row.path("taskId").asText();
  }

  private List<String> runs(String topic, String taskId) throws Exception {
    return stack.published(topic, taskId).stream()
        .map(message -> message.path("attributes").path("run").asText())
        .toList();
  }

  private JsonNode redrive(int exit, String... arguments) throws Exception {
    List<String> all =
        new ArrayList<>(List.of("redrive", "--json", "--up-file", stack.upFilePath().toString()));
    all.addAll(List.of(arguments));
    try (InCommand redrive = InCommand.start(folder, all.toArray(String[]::new))) {
      assertThat(redrive.awaitExit(Duration.ofMinutes(1)))
          .as(redrive.errors().toString())
          .isEqualTo(exit);
      return new ObjectMapper().readTree(String.join("", redrive.out()));
    }
  }
}
