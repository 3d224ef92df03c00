package dev.in.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A newcomer's first minutes. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class DemoIT {
  @TempDir private Path folder;

  @Test
  void theDemoShowsEachCommandRunsItAndEndsClean() throws Exception {
    Path upFile = folder.resolve("up.json");
    try (InCommand demo = InCommand.start(folder, "demo", "--up-file", upFile.toString())) {
      assertThat(demo.awaitExit(Duration.ofMinutes(4))).as(demo.errors().toString()).isZero();

      List<String> out = demo.out();
      assertThat(out.stream().filter(line -> line.startsWith("$ ")).map(DemoIT::command))
          .containsExactly("submit", "curl", "submit", "redrive", "search", "stats");
      assertThat(out.stream().filter(line -> line.startsWith("webhook: ")).map(DemoIT::event))
          .containsExactly("task.failed", "task.completed");
      assertThat(out).anyMatch(line -> line.contains("completed") && line.endsWith("harbour.jpg"));
      assertThat(out).anyMatch(line -> line.endsWith(": 3 tasks have ended"));
      assertThat(out)
          .contains(
              "status     completed 2, failed 1",
              "failure    download/source_not_found 1",
              "channel    local 3",
              "priority   normal 3");
      long bytes = 2 * Files.size(InCommand.root().resolve("samples/harbour.jpg"));
      assertThat(out)
          .anyMatch(
              line -> line.startsWith("billable   storedBytes " + bytes + ", storedObjects 2"));
    }
    assertThat(upFile).doesNotExist();
  }

  private static String command(String line) {
    String[] words = line.split(" ");
    return words[1].equals("./in") ? words[2] : words[1];
  }

  private static String event(String line) {
    return line.split(" ")[1];
  }
}
