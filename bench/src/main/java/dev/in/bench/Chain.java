package dev.in.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The whole chain, by {@code ./in up} and {@code ./in submit}, with the functions' own flags. */
final class Chain implements AutoCloseable {
  /** What bash's {@code times} prints of its children: user and system time. */
  private static final Pattern TIMES = Pattern.compile("(\\d+)m([\\d.]+)s (\\d+)m([\\d.]+)s");

  private final Path root;
  private final Path folder;
  private final MeasuredProcess up;
  private final JsonNode stack;

  private Chain(Path root, Path folder, MeasuredProcess up, JsonNode stack) {
    this.root = root;
    this.folder = folder;
    this.up = up;
    this.stack = stack;
  }

  static Chain start(Path root, Path folder) throws IOException, InterruptedException {
    Path upFile = folder.resolve("up.json");
    MeasuredProcess up =
        MeasuredProcess.start(
            root,
            folder.resolve("up.log"),
            Map.of("IN_JVM", "production"),
            root.resolve("in").toString(),
            "up",
            "--up-file",
            upFile.toString());
    up.await(() -> Files.exists(upFile) && Files.size(upFile) > 0);
    return new Chain(root, folder, up, new ObjectMapper().readTree(upFile.toFile()));
  }

  /** Submits a folder and waits until every task has ended. */
  Measurement run(Path images, String features) throws IOException, InterruptedException {
    Path times = folder.resolve("times.log");
    double before = cpu();
    long started = System.nanoTime();
    int status =
        new ProcessBuilder(
                "bash",
                "-c",
                "\"$@\" >/dev/null; status=$?; times >\"$0\"; exit $status",
                times.toString(),
                root.resolve("in").toString(),
                "submit",
                "--to",
                stack.path("url").asText(),
                "--json",
                "--timeout",
                "3600",
                "--features",
                features,
                "--out",
                folder.resolve("report").toString(),
                images.toString())
            .directory(root.toFile())
            .redirectError(folder.resolve("submit.log").toFile())
            .start()
            .waitFor();
    double seconds = (System.nanoTime() - started) / 1e9;
    // 1: some of the images did not complete, which is theirs.
    if (status > 1) {
      throw new IllegalStateException(
          "submit ended with %d:\n%s"
              .formatted(status, Files.readString(folder.resolve("submit.log"))));
    }
    double submitted = childrensCpu(Files.readString(times, StandardCharsets.UTF_8));
    return new Measurement(seconds, cpu() - before + submitted);
  }

  static double childrensCpu(String times) {
    MatchResult children = TIMES.matcher(times).results().skip(1).findFirst().orElseThrow();
    return seconds(children.group(1), children.group(2))
        + seconds(children.group(3), children.group(4));
  }

  private static double seconds(String minutes, String seconds) {
    return Integer.parseInt(minutes) * 60 + Double.parseDouble(seconds);
  }

  private double cpu() {
    double sum = 0;
    for (JsonNode process : stack.path("processes")) {
      sum += ProcessUsage.of(process.path("pid").asLong()).cpuSeconds();
    }
    return sum;
  }

  @Override
  public void close() throws InterruptedException {
    up.stop();
  }
}
