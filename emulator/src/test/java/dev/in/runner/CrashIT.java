package dev.in.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Functions killed at moments that a seed chooses, in the middle of many pictures. */
@ExtendWith(WithUpStack.class)
class CrashIT {
  private static final int PICTURES = 50;
  private static final int KILLS = 3;
  private static final List<String> FUNCTIONS = List.of("download", "metadata", "ai", "sync");
  private static final Set<String> EVENTS =
      Set.of("image.downloaded", "metadata.extracted", "ai.analyzed");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private UpStack stack;

  @BeforeEach
  void use(UpStack shared) {
    stack = shared;
  }

  @Test
  void allPicturesCompleteAndEachFactHasOneId() throws Exception {
    Random random = new Random(20261122);
    Path[] pictures = new Path[PICTURES];
    for (int i = 0; i < PICTURES; i++) {
      pictures[i] = TestPictures.write(folder.resolve("picture-%02d.png".formatted(i)), 32 + i, 24);
    }

    List<JsonNode> rows = new ArrayList<>();
    try (InCommand submit = stack.submit(pictures)) {
      for (int kill = 1; kill <= KILLS; kill++) {
        int moment = kill * PICTURES / (KILLS + 2);
        Wait.until(() -> finished(submit), done -> done >= moment);
        Processes.kill9(stack.pid(FUNCTIONS.get(random.nextInt(FUNCTIONS.size()))));
      }
      assertThat(submit.awaitExit(Duration.ofMinutes(6))).isZero();
      for (String line : submit.out()) {
        rows.add(JSON.readTree(line));
      }
    }

    assertThat(rows).hasSize(PICTURES);
    for (JsonNode row : rows) {
      assertThat(row.path("status").asText()).isEqualTo("completed");
      assertFacts(row.path("taskId").asText());
    }
  }

  /** Published again is allowed, after a crash; then it is the same message to the byte. */
  private void assertFacts(String taskId) throws Exception {
    List<JsonNode> events = stack.published("image-events", taskId);
    assertThat(events.stream().map(CrashIT::type).collect(Collectors.toSet())).isEqualTo(EVENTS);
    assertThat(events.stream().map(UpStack::body).distinct()).hasSize(EVENTS.size());
    List<JsonNode> ends = stack.published("task-lifecycle-events", taskId);
    assertThat(ends.stream().map(UpStack::body).distinct()).hasSize(1);
    assertThat(type(ends.getFirst())).isEqualTo("task.completed");
  }

  private static String type(JsonNode message) {
    return message.path("attributes").path("eventType").asText();
  }

  private static long finished(InCommand submit) {
    return submit.errors().stream().filter(line -> line.endsWith(" completed")).count();
  }
}
