package dev.in.runner.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskLogTest {
  private static final String PUBLISHED =
      "{\"severity\":\"INFO\",\"message\":\"published\",\"time\":\"2026-05-04T03:02:01.250Z\","
          + "\"taskId\":\"t1\",\"traceId\":\"5f\",\"run\":1}";
  private static final String FAILED =
      "{\"severity\":\"WARNING\",\"time\":\"2026-05-04T03:02:01.2400005Z\",\"message\":\"failed\\n"
          + "at x\",\"logger\":\"dev.in.X\",\"thread\":\"main\",\"taskId\":\"t1\","
          + "\"logging.googleapis.com/trace\":\"projects/p/traces/5f\"}";
  private static final String OF_ANOTHER =
      "{\"severity\":\"INFO\",\"message\":\"not t1\",\"time\":\"2026-05-04T03:02:01Z\","
          + "\"taskId\":\"t2\"}";

  @TempDir private Path folder;

  @Test
  void theLinesOfAllComponentsAreInOrderOfTime() throws IOException {
    write("edge.log", OF_ANOTHER, PUBLISHED, "no JSON about t1", "{\"taskId\":\"t1\"}", "{t1");
    write("download.log", FAILED);

    TaskLog log = TaskLog.read(folder, "t1");

    assertThat(log.words(ZoneOffset.UTC))
        .containsExactly(
            "03:02:01.240  download  WARNING failed\n    at x",
            "03:02:01.250  edge      published  run=1");
    assertThat(log.json()).containsExactly(FAILED, PUBLISHED);
  }

  @Test
  void aTaskThatNobodyKnowsHasNone() throws IOException {
    write("edge.log", PUBLISHED);

    assertThat(TaskLog.read(folder, "t").isEmpty()).isTrue();
  }

  private void write(String name, String... lines) throws IOException {
    Files.write(folder.resolve(name), List.of(lines));
  }
}
