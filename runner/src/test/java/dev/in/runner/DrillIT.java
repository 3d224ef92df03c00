package dev.in.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A sample of the crash points; its seed is new each time, and printed. */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class DrillIT {
  private static final int SAMPLE = 6;

  @TempDir private Path folder;

  @Test
  void aSampleOfTheCrashPointsHolds() throws Exception {
    String seed = System.getProperty("in.drill.seed", "" + new Random().nextInt(1_000_000));
    List<JsonNode> cases = new ArrayList<>();
    try (InCommand drill =
        InCommand.start(
            folder, "drill", "crashpoints", "--json", "--sample", "" + SAMPLE, "--seed", seed)) {
      int exit = drill.awaitExit(Duration.ofMinutes(7));
      for (String line : drill.out()) {
        cases.add(new ObjectMapper().readTree(line));
      }
      assertThat(exit).as(cases.toString()).isZero();
    }
    assertThat(cases).hasSize(SAMPLE).allMatch(one -> one.path("ok").asBoolean());
  }
}
