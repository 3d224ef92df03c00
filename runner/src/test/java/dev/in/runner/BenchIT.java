package dev.in.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Measurements run and print their fields; what they measure is not judged here. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class BenchIT {
  private static final Duration LONG = Duration.ofMinutes(4);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private Path images;

  @BeforeEach
  void writeImages() throws IOException {
    images = Files.createDirectory(folder.resolve("images"));
    TestImages.write(images.resolve("a.jpg"), 64, 48);
    TestImages.write(images.resolve("b.png"), 32, 24);
  }

  @Test
  void thePipelineIsMeasuredBesideTheLoopWithTheFlagsOfProduction() throws Exception {
    try (InCommand bench = bench("pipeline")) {
      bench.awaitError("bench: warming up"::equals);
      List<String> functions =
          Processes.with("TMPDIR=" + folder).stream()
              .filter(process -> process.contains("/functions/"))
              .toList();
      assertThat(functions).isNotEmpty().noneMatch(line -> line.contains("TieredStopAtLevel"));

      JsonNode result = only(bench);

      assertThat(names(result))
          .containsExactly(
              "images",
              "features",
              "chainPerSecond",
              "loopPerSecond",
              "ratio",
              "chainCpuSeconds",
              "loopCpuSeconds");
      assertThat(result.path("images").asInt()).isEqualTo(2);
      assertThat(result.path("features").asText()).isEqualTo("colors");
      assertThat(result.path("chainPerSecond").asDouble()).isPositive();
      assertThat(result.path("chainCpuSeconds").asDouble()).isPositive();
      assertThat(result.path("loopPerSecond").asDouble()).isPositive();
    }
    assertThat(Processes.leftAfter(Duration.ofSeconds(10), "TMPDIR=" + folder)).isEmpty();
  }

  @Test
  void metadataIsMeasuredAlsoWhereExiftoolIsMissing() throws Exception {
    try (InCommand bench = bench("metadata")) {
      assertThat(bench.awaitExit(LONG)).isZero();
      JsonNode ours = JSON.readTree(bench.out().getFirst());

      assertThat(names(ours)).containsExactly("images", "subject", "millisPerImage", "timesOurs");
      assertThat(ours.path("images").asInt()).isEqualTo(2);
      assertThat(ours.path("subject").asText()).isEqualTo("ours");
      assertThat(ours.path("millisPerImage").asDouble()).isPositive();
      assertThat(ours.path("timesOurs").asDouble()).isEqualTo(1);
    }
  }

  @Test
  void socketsAreMeasuredBesideTheSmallestWorkerAndResumeOverAKill() throws Exception {
    String[] few = {"--sockets", "6", "--accounts", "2", "--rounds", "1", "--json"};
    try (InCommand bench = bench("sockets", few)) {
      assertThat(bench.awaitExit(LONG)).isZero();

      List<JsonNode> results = new ArrayList<>();
      for (String line : bench.out()) {
        results.add(JSON.readTree(line));
      }
      assertThat(results)
          .extracting(result -> result.path("subject").asText())
          .containsExactly("edge", "workerd", "edge", "workerd");
      assertThat(results)
          .extracting(result -> result.path("accounts").asInt())
          .containsExactly(2, 2, 1, 1);
      assertThat(results)
          .allSatisfy(
              result -> {
                assertThat(names(result))
                    .containsExactly(
                        "subject",
                        "accounts",
                        "sockets",
                        "connectSeconds",
                        "broadcastP95Millis",
                        "kibPerSocket");
                assertThat(result.path("sockets").asInt()).isEqualTo(6);
                assertThat(result.path("broadcastP95Millis").asDouble()).isPositive();
              });
    }
    assertThat(Processes.leftAfter(Duration.ofSeconds(10), "TMPDIR=" + folder)).isEmpty();
  }

  private InCommand bench(String command) throws IOException {
    return bench(command, images.toString(), "--rounds", "1", "--json");
  }

  private InCommand bench(String command, String... options) throws IOException {
    String[] arguments =
        Stream.concat(Stream.of("bench", command), Stream.of(options)).toArray(String[]::new);
    return InCommand.startTied(folder, Map.of(), arguments);
  }

  private static JsonNode only(InCommand bench) throws Exception {
    assertThat(bench.awaitExit(LONG)).isZero();
    assertThat(bench.out()).hasSize(1);
    return JSON.readTree(bench.out().getFirst());
  }

  private static List<String> names(JsonNode result) {
    return StreamSupport.stream(((Iterable<String>) result::fieldNames).spliterator(), false)
        .toList();
  }
}
