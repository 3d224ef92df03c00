package dev.in.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Components that run and do not answer: only their exit would not be enough to watch. */
@ExtendWith(SharedStack.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SupervisionIT {
  private static final Duration LONG = Duration.ofMinutes(2);

  @TempDir private Path folder;
  private RunningStack stack;

  @AfterEach
  void clear() throws Exception {
    stack.clearFaults();
  }

  @Test
  void anEdgeThatDrainsForAWatcherIsReplacedAndTheTaskCompletes(RunningStack shared)
      throws Exception {
    stack = shared;
    stack.fault(
        """
        {"calls":"google.cloud.vision.v1.ImageAnnotator/*","effect":"delay","millis":15000,
         "when":{"first":1}}
        """);
    try (InCommand submit = stack.submit(TestImages.write(folder.resolve("a.png"), 64, 48));
        HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      String line = submit.awaitError(text -> text.contains(" submitted as "));
      String taskId = line.substring(line.lastIndexOf(' ') + 1);
      HttpRequest events =
          HttpRequest.newBuilder(stack.edge().resolve("/v1/tasks/" + taskId + "/events")).build();
      HttpResponse<java.io.InputStream> stream = http.send(events, BodyHandlers.ofInputStream());
      try (BufferedReader watcher =
          new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
        assertThat(watcher.readLine()).isNotEmpty();
        long before = stack.pid("edge");

        stack.signal("TERM", "edge");

        Wait.until(() -> stack.pid("edge"), pid -> pid != before);
        assertThat(stack.get(stack.edge().resolve("/healthz")).statusCode()).isEqualTo(200);
      }
      assertThat(submit.awaitExit(LONG)).isZero();
    }
  }
}
