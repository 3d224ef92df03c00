package dev.in.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program in another language that has docs/asyncapi.yaml, Google's client and nothing else of
 * ours consumes what a stack publishes.
 */
@ExtendWith(SharedStack.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ConsumerIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path CHECKS = InCommand.root().resolve("checks");

  @TempDir private Path folder;

  @Test
  void everyEventOfATaskArrivesAndIsValid(RunningStack stack) throws Exception {
    assumeThat(CHECKS.resolve("node_modules/@google-cloud/pubsub"))
        .as("the packages of checks/, which `./in test` gets")
        .exists();
    run("consumer/generate.mjs");
    Process consumer = node(stack, "consumer/consume.mjs", "in-local").start();
    try (BufferedReader lines = consumer.inputReader()) {
      assertThat(lines.readLine()).isEqualTo("ready");

      Path image = TestImages.write(folder.resolve("a.png"), 64, 48);
      Path text = Files.writeString(folder.resolve("b.jpg"), "not an image");
      Map<String, JsonNode> rows = stack.process(List.of(image.toString(), text.toString()));
      String completed = rows.get(image.toString()).path("taskId").asText();
      String failed = rows.get(text.toString()).path("taskId").asText();

      List<JsonNode> events = new ArrayList<>();
      while (count(events, completed) < 4 || count(events, failed) < 1) {
        events.add(JSON.readTree(lines.readLine()));
      }
      consumer.getOutputStream().close();
      lines.lines().map(ConsumerIT::read).forEach(events::add);
      assertThat(consumer.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(consumer.exitValue()).isZero();

      assertThat(types(events, completed))
          .containsExactlyInAnyOrder(
              "image-events image.downloaded",
              "image-events metadata.extracted",
              "image-events ai.analyzed",
              "task-lifecycle-events task.completed");
      assertThat(types(events, failed)).containsExactly("task-lifecycle-events task.failed");
      assertThat(events)
          .allSatisfy(
              event -> {
                assertThat(event.path("known").asBoolean()).isTrue();
                assertThat(event.path("problems")).isEmpty();
                assertThat(event.at("/attributes/eventId")).isEqualTo(event.path("eventId"));
              });
    } finally {
      consumer.destroy();
    }
  }

  private static long count(List<JsonNode> events, String taskId) {
    return types(events, taskId).size();
  }

  /** Each once, however often it was delivered. */
  private static List<String> types(List<JsonNode> events, String taskId) {
    return events.stream()
        .filter(event -> event.path("taskId").asText().equals(taskId))
        .map(event -> event.path("topic").asText() + " " + event.path("type").asText())
        .distinct()
        .toList();
  }

  private static void run(String script) throws Exception {
    Process process =
        new ProcessBuilder("node", script)
            .directory(CHECKS.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(output).isZero();
  }

  private static ProcessBuilder node(RunningStack stack, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("node"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(CHECKS.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder
        .environment()
        .put("PUBSUB_EMULATOR_HOST", stack.upFile().path("hosts").path("pubsub").asText());
    return builder;
  }

  private static JsonNode read(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
