package dev.in.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedStack.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class LogsIT {
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  @Test
  void aTasksLinesComeFromEveryComponentInOrderOfTime(RunningStack stack) throws Exception {
    String task;
    Path image = TestImages.write(folder.resolve("a.jpg"), 64, 48);
    try (InCommand submit = stack.submit(image)) {
      assertThat(submit.awaitExit(LONG)).isZero();
      task = JSON.readTree(submit.out().getFirst()).path("taskId").asText();
    }

    try (InCommand logs = logs(stack.upFilePath(), task)) {
      assertThat(logs.awaitExit(LONG)).isZero();
      assertThat(logs.out().getFirst()).matches("[\\d:.]{12}  edge +task accepted.*");
      for (String component : Chain.functions()) {
        assertThat(logs.out())
            .anyMatch(line -> line.matches("[\\d:.]{12}  " + component + " +\\w.*"));
      }
    }
    try (InCommand logs = logs(stack.upFilePath(), "--json", task)) {
      assertThat(logs.awaitExit(LONG)).isZero();
      List<String> times = new ArrayList<>();
      for (String line : logs.out()) {
        JsonNode json = JSON.readTree(line);
        assertThat(json.path("taskId").asText()).isEqualTo(task);
        times.add(json.path("time").asText().substring(0, "2026-05-04T03:02:01.123".length()));
      }
      assertThat(times).hasSizeGreaterThan(5).isSorted();
    }
  }

  @Test
  void anUnknownTaskExitsWith1(RunningStack stack) throws Exception {
    try (InCommand logs = logs(stack.upFilePath(), "0123456789abcdef")) {
      assertThat(logs.awaitExit(LONG)).isEqualTo(1);
      assertThat(logs.out()).isEmpty();
    }
  }

  @Test
  void whereNothingIsUpItExitsWith3() throws Exception {
    try (InCommand logs = logs(folder.resolve("up.json"), "0123456789abcdef")) {
      assertThat(logs.awaitExit(LONG)).isEqualTo(3);
      assertThat(logs.errors()).anyMatch(line -> line.startsWith("in: no stack is running"));
    }
  }

  private InCommand logs(Path upFile, String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("logs", "--up-file", upFile.toString()));
    all.addAll(List.of(arguments));
    return InCommand.start(folder, all.toArray(String[]::new));
  }
}
