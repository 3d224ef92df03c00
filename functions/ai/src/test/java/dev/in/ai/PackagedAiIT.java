package dev.in.ai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.in.core.testing.FunctionProcess;
import dev.in.core.testing.LocalCloudProcess;
import dev.in.core.testing.PackagedFunctionSuite;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PackagedAiIT extends PackagedFunctionSuite {
  @Override
  protected Probe probe() {
    return new Probe(
        "ai.requested",
        """
        {"object": {"bucket": "b", "name": "tasks/a/1/original", "generation": 1},
         "contentType": "image/png", "sizeBytes": 1, "sha256": "0000000000000000000000000000000000000000000000000000000000000000", "features": ["text"], "width": 1, "height": 1}\
        """,
        "ack (no such task)");
  }

  /** Or else nobody could switch analysis off during an outage. */
  @Test
  void itStartsWhileVisionIsDown(LocalCloudProcess cloud) throws Exception {
    cloud.fault(
        """
        {"calls": "google.cloud.vision.v1.ImageAnnotator/*", "effect": "failBefore",
         "code": "UNAVAILABLE"}
        """);
    Map<String, String> environment = new HashMap<>(cloud.environment());
    environment.put("IN_PUSH_AUTH", "none");
    long start = System.nanoTime();
    try (FunctionProcess function = FunctionProcess.start(environment)) {
      function.awaitReady();

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(40));
    } finally {
      cloud.clearFaults();
    }
  }
}
