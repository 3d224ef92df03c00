package dev.in.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Feature switches on a stack that runs: nothing is restarted for them. */
@ExtendWith(SharedStack.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SwitchesIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String VISION = "google.cloud.vision.v1.ImageAnnotator/BatchAnnotateImages";

  @TempDir private Path folder;
  private RunningStack stack;
  private StackSwitches switches;

  @BeforeEach
  void use(RunningStack shared) {
    stack = shared;
    switches = new StackSwitches(shared);
  }

  @AfterEach
  void allOn() throws Exception {
    stack.clearFaults();
    switches.forget();
    awaitSwitches("{\"analysis\":true,\"callbacks\":true,\"mail\":true}");
  }

  @Test
  void withoutAnalysisTasksCompleteSayingSoAndVisionIsNotCalled() throws Exception {
    switches.set("analysis", false);
    awaitSwitches("{\"analysis\":false,\"callbacks\":true,\"mail\":true}");
    long asked = counted(VISION);

    JsonNode row = complete("a.png");

    assertThat(row.path("analysis").path("skipped").asText())
        .isEqualTo("Analysis is switched off at the moment.");
    assertThat(row.path("analysis").has("colors")).isFalse();
    assertThat(counted(VISION)).isEqualTo(asked);

    switches.set("analysis", true);
    awaitSwitches("{\"analysis\":true,\"callbacks\":true,\"mail\":true}");
    assertThat(complete("b.png").path("analysis").has("skipped")).isFalse();
    assertThat(counted(VISION)).isEqualTo(asked + 1);
  }

  @Test
  void heldCallbacksAreSentWhenTheSwitchIsReleased() throws Exception {
    switches.set("callbacks", false);
    awaitSwitches("{\"analysis\":true,\"callbacks\":false,\"mail\":true}");
    try (InCommand submit = stack.submit(image("a.png"), image("b.png"))) {
      List<String> tasks = taskIds(submit);
      for (String taskId : tasks) {
        Wait.until(
            () -> stack.document(taskId), document -> "completed".equals(document.get("status")));
        // Google Cloud is done, and sync has reported nothing; progress is notification's.
        assertThat(stack.view(taskId).path("status").asText()).isEqualTo("processing_in_gcp");
      }

      switches.set("callbacks", true);

      assertThat(submit.awaitExit(Duration.ofMinutes(3))).isZero();
      assertThat(submit.out()).hasSize(2);
      assertThat(submit.out())
          .allSatisfy(
              row -> assertThat(JSON.readTree(row).path("status").asText()).isEqualTo("completed"));
    }
  }

  @Test
  void aSwitchStaysAsItWasWhileItCannotBeRead() throws Exception {
    switches.set("analysis", false);
    awaitSwitches("{\"analysis\":false,\"callbacks\":true,\"mail\":true}");
    long asked = counted(VISION);
    long failedReads = failedReads();
    stack.fault(
        """
        {"calls":"google.firestore.v1.Firestore/BatchGetDocuments","effect":"failBefore",
         "code":"PERMISSION_DENIED"}
        """);

    // Each look at the metrics asks for the switch.
    Wait.until(this::failedReads, count -> count > failedReads);

    assertThat(stack.status(600).json().path("switches").toString())
        .isEqualTo("{\"analysis\":false,\"callbacks\":true,\"mail\":true}");
    stack.clearFaults();
    assertThat(complete("a.png").path("analysis").path("skipped").asText()).isNotEmpty();
    assertThat(counted(VISION)).isEqualTo(asked);
  }

  private long failedReads() throws Exception {
    int port = stack.process("ai").path("port").asInt();
    String metrics = stack.get(URI.create("http://127.0.0.1:" + port + "/q/metrics")).body();
    String series =
        "in_calls_seconds_count{call=\"firestore.switches\",function=\"ai\",outcome=\"error\"} ";
    return metrics
        .lines()
        .filter(line -> line.startsWith(series))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(series.length()).split(" ")[0]))
        .sum();
  }

  /** Waits until those who obey the switches have seen them. */
  private void awaitSwitches(String wanted) throws Exception {
    Wait.until(() -> stack.status(600).json().path("switches").toString(), wanted::equals);
  }

  private JsonNode complete(String name) throws Exception {
    try (InCommand submit = stack.submit(image(name))) {
      assertThat(submit.awaitExit(Duration.ofMinutes(3))).isZero();
      return JSON.readTree(submit.out().getFirst());
    }
  }

  private Path image(String name) throws Exception {
    return TestImages.write(folder.resolve(name), 32, 24);
  }

  private static List<String> taskIds(InCommand submit) throws InterruptedException {
    return List.of(taskId(submit, "a.png"), taskId(submit, "b.png"));
  }

  private static String taskId(InCommand submit, String name) throws InterruptedException {
    String line = submit.awaitError(text -> text.contains(name + " submitted as "));
    return line.substring(line.lastIndexOf(' ') + 1);
  }

  private long counted(String name) throws Exception {
    return JSON.readTree(stack.get(stack.cloud("/_in/counters")).body()).path(name).asLong(0);
  }
}
