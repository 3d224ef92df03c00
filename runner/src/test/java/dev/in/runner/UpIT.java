package dev.in.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./in up} with its options, each on a stack of its own. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class UpIT {
  private static final Duration LONG = Duration.ofMinutes(2);

  @TempDir private Path folder;

  @Test
  void withADataFolderATaskIsStillThereAfterARestart() throws Exception {
    String data = folder.resolve("data").toString();
    String taskId;
    try (RunningStack stack = RunningStack.start("--data", data)) {
      taskId = complete(stack).path("taskId").asText();
    }

    try (RunningStack stack = RunningStack.start("--data", data)) {
      assertThat(stack.view(taskId).path("status").asText()).isEqualTo("completed");
      assertThat(stack.document(taskId)).containsEntry("status", "completed");
      HttpResponse<String> image =
          stack.get(stack.edge().resolve("/v1/tasks/" + taskId + "/image"));
      assertThat(image.statusCode()).isEqualTo(302);
      String address = image.headers().firstValue("location").orElseThrow();
      assertThat(stack.get(java.net.URI.create(address)).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aFunctionStartedByHandWithThePrintedEnvironmentJoinsTheStack() throws Exception {
    try (RunningStack stack = RunningStack.start("--without", "ai")) {
      JsonNode without = stack.upFile().path("without").path(0);
      assertThat(without.path("name").asText()).isEqualTo("ai");
      assertThat(stack.upFile().path("processes").findValuesAsText("name")).doesNotContain("ai");
      Path environment = stack.upFilePath().resolveSibling("ai.env");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(environment)))
          .isEqualTo("rw-------");

      Process ai = startByHand(environment);
      try {
        assertThat(complete(stack).path("analysis").path("colors")).isNotEmpty();
      } finally {
        ai.destroy();
        ai.waitFor();
      }
    }
  }

  @Test
  void anUnknownFunctionCannotBeExcluded() throws Exception {
    try (InCommand up = InCommand.start(folder, "up", "--without", "moon")) {
      assertThat(up.awaitExit(LONG)).isEqualTo(2);
      assertThat(up.errors()).anyMatch(line -> line.startsWith("There is no function 'moon';"));
    }
  }

  /** Submits an image and returns its row. */
  private JsonNode complete(RunningStack stack) throws Exception {
    Path image = TestImages.write(folder.resolve("a.jpg"), 64, 48);
    try (InCommand submit = stack.submit(image)) {
      assertThat(submit.awaitExit(LONG)).isZero();
      return new ObjectMapper().readTree(submit.out().getFirst());
    }
  }

  /** As the hint describes, but the built application instead of quarkus:dev's. */
  private Process startByHand(Path environment) throws Exception {
    Path jar = InCommand.root().resolve("functions/ai/target/quarkus-app/quarkus-run.jar");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            "sh",
            "-c",
            ". \"$0\" && exec \"$1\" -jar \"$2\"",
            environment.toString(),
            java,
            jar.toString())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("ai.txt").toFile())
        .start();
  }
}
