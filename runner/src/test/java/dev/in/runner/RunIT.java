package dev.in.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ./in run} as a whole, and that nothing is left behind, however it stops. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class RunIT {
  private static final Duration LONG = Duration.ofMinutes(5);

  /** The limit for every kind of stop. */
  private static final Duration END = Duration.ofSeconds(10);

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  /** As on a machine where nobody has trained: the others use the caches, if they are there. */
  @Test
  void threeImagesCompleteWithoutAotCaches() throws Exception {
    Path a = TestImages.write(folder.resolve("a.jpg"), 64, 48);
    Path b = TestImages.write(folder.resolve("b.png"), 320, 200);
    Path c = TestImages.write(folder.resolve("c.webp"), 40, 30);
    try (InCommand run =
        run(Map.of("IN_AOT", "off"), "--json", a.toString(), b.toString(), c.toString())) {

      assertThat(run.awaitExit(LONG)).isZero();

      List<JsonNode> rows = new ArrayList<>();
      for (String line : run.out()) {
        rows.add(JSON.readTree(line));
      }
      assertThat(rows)
          .extracting(
              row -> row.path("input").asText(),
              row -> row.path("status").asText(),
              row -> row.path("contentType").asText(),
              row -> row.path("width").asInt() + "x" + row.path("height").asInt(),
              row -> row.path("sizeBytes").asLong(),
              row -> row.path("sha256").asText())
          .containsExactly(
              tuple(a.toString(), "completed", "image/jpeg", "64x48", Files.size(a), sha256(a)),
              tuple(b.toString(), "completed", "image/png", "320x200", Files.size(b), sha256(b)),
              tuple(c.toString(), "completed", "image/webp", "40x30", Files.size(c), sha256(c)));
      assertThat(Files.readAllLines(folder.resolve("report/results.jsonl"))).isEqualTo(run.out());
      // Stages are shown as they end, although nothing reports them to the edge.
      assertThat(run.errors())
          .contains("in: " + a + " download", "in: " + b + " download", "in: " + c + " download");
    }
    assertNothingIsLeft();
  }

  @Test
  void aRunCompletesAlthoughAFunctionAndTheEdgeAreKilled() throws Exception {
    List<String> arguments = new ArrayList<>(List.of("--json"));
    for (int i = 0; i < 24; i++) {
      arguments.add(TestImages.write(folder.resolve(i + ".png"), 100 + i, 100).toString());
    }
    try (InCommand run = run(arguments.toArray(String[]::new))) {
      run.awaitError(line -> line.endsWith(" completed"));
      Processes.kill9(run.children("functions/download/").getFirst());
      Processes.kill9(run.children("dist/workerd").getFirst());

      assertThat(run.awaitExit(LONG)).isZero();

      assertThat(run.out()).hasSize(24).allMatch(line -> line.contains("\"status\":\"completed\""));
      assertThat(run.errors()).contains("in: download is up again", "in: edge is up again");
    }
    assertNothingIsLeft();
  }

  @ParameterizedTest
  @CsvSource({
    "INT, local-cloud is up, 130",
    "TERM, edge is up, 143",
    "HUP, edge is up, 129",
    "INT, uploading, 130",
    "INT, processing_in_gcp, 130",
    "KILL, edge is up, 137",
    "KILL, uploading, 137"
  })
  void aSignalAtAnyMomentLeavesNoProcessesOrFilesBehind(String signal, String moment, int exitCode)
      throws Exception {
    Path image = TestImages.write(folder.resolve("a.jpg"), 64, 48);
    try (InCommand run = run(image.toString())) {
      run.awaitError(line -> line.contains(moment));

      run.signal(signal);

      assertThat(run.awaitExit(END)).isEqualTo(exitCode);
      // A deliberate stop is not reported as a failure.
      assertThat(run.errors()).noneMatch(line -> line.contains("ended while it started"));
    }
    assertNothingRuns();
    if (exitCode != 137) {
      assertNothingIsLeft();
    }
  }

  @Test
  void withoutTheLocalCloudTheRunFailsAndNothingIsLeft() throws Exception {
    Path image = TestImages.write(folder.resolve("a.jpg"), 64, 48);
    try (InCommand run = run(image.toString())) {
      run.awaitError(line -> line.contains("sync is up"));

      Processes.kill9(run.children("dev.in.emulator.Main").getFirst());

      assertThat(run.awaitExit(LONG)).isEqualTo(3);
      assertThat(run.errors()).contains("in: the local cloud ended (exit 137)");
    }
    assertNothingIsLeft();
  }

  @Test
  void aPortInUseFailsTheStackAndNothingIsLeft() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        InCommand up =
            InCommand.start(
                folder,
                "up",
                "--port",
                Integer.toString(taken.getLocalPort()),
                "--up-file",
                folder.resolve("up.json").toString())) {

      assertThat(up.awaitExit(LONG)).isEqualTo(3);

      assertThat(up.errors()).contains("in: port " + taken.getLocalPort() + " is in use");
      assertThat(folder.resolve("up.json")).doesNotExist();
    }
    assertNothingIsLeft();
  }

  private InCommand run(String... arguments) throws Exception {
    return run(Map.of(), arguments);
  }

  private InCommand run(Map<String, String> environment, String... arguments) throws Exception {
    List<String> all =
        new ArrayList<>(List.of("run", "--out", folder.resolve("report").toString()));
    all.addAll(List.of(arguments));
    return InCommand.start(folder, environment, all.toArray(String[]::new));
  }

  private void assertNothingIsLeft() throws Exception {
    assertNothingRuns();
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.startsWith("in-run-"));
    }
  }

  private void assertNothingRuns() throws Exception {
    assertThat(Processes.leftAfter(END, "TMPDIR=" + folder)).isEmpty();
  }

  private static String sha256(Path file) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
  }
}
