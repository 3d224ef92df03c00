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

/**
 * A sample of the crash points, one of each failure among them, and a short soak, on one stack. The
 * seed is new each time, and printed; {@code -Din.drill.seed=1} chooses it.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class DrillIT {
  private static final int SAMPLE = 6;
  private static final int TASKS = 200;

  @TempDir private Path folder;

  @Test
  void aSampleOfTheCrashPointsAndAShortSoakHold() throws Exception {
    String seed = System.getProperty("in.drill.seed", "" + new Random().nextInt(1_000_000));
    System.out.println("DrillIT: seed " + seed);
    List<JsonNode> cases = new ArrayList<>();
    try (InCommand drill =
        InCommand.start(
            folder,
            "drill",
            "crashpoints",
            "soak",
            "--json",
            "--sample",
            "" + SAMPLE,
            "--tasks",
            "" + TASKS,
            "--seed",
            seed)) {
      int exit = drill.awaitExit(Duration.ofMinutes(9));
      for (String line : drill.out()) {
        cases.add(new ObjectMapper().readTree(line));
      }
      assertThat(exit).as(cases.toString()).isZero();
    }
    assertThat(cases).hasSize(SAMPLE + 1).allMatch(one -> one.path("ok").asBoolean());
    for (String failure :
        List.of("refused before", "answer lost", "killed just before", "killed just after")) {
      assertThat(cases).anyMatch(one -> one.path("case").asText().contains(failure));
    }
    assertThat(cases.getLast().path("detail").asText())
        .startsWith("%d of %d completed in ".formatted(TASKS, TASKS));
  }
}
