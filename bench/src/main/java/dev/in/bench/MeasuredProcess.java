package dev.in.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A process with its output in a file. It ends with this one. */
final class MeasuredProcess {
  private static final Duration TIMEOUT = Duration.ofMinutes(3);
  private static final int POLL_MILLIS = 5;

  private final Process process;
  private final Path log;
  private final long startedNanos;

  private MeasuredProcess(Process process, Path log, long startedNanos) {
    this.process = process;
    this.log = log;
    this.startedNanos = startedNanos;
  }

  static MeasuredProcess start(
      Path folder, Path log, Map<String, String> environment, String... command)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    long started = System.nanoTime();
    Process process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return new MeasuredProcess(process, log, started);
  }

  /** The Java that runs here. */
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  double millisSinceStart() {
    return (System.nanoTime() - startedNanos) / 1e6;
  }

  ProcessUsage usage() {
    return ProcessUsage.of(process.pid());
  }

  /** Waits until a line of the output matches; returns its first group. */
  String awaitLine(String regex) throws IOException, InterruptedException {
    Pattern pattern = Pattern.compile(regex);
    Instant end = Instant.now().plus(TIMEOUT);
    while (true) {
      var found = pattern.matcher(Files.readString(log));
      if (found.find()) {
        return found.group(1);
      }
      requireAlive(end);
      Thread.sleep(POLL_MILLIS);
    }
  }

  /** Waits until a check holds. */
  void await(Check check) throws IOException, InterruptedException {
    Instant end = Instant.now().plus(TIMEOUT);
    while (!check.holds()) {
      requireAlive(end);
      Thread.sleep(POLL_MILLIS);
    }
  }

  /** Sends SIGTERM and waits for the end. */
  void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      process.destroyForcibly().waitFor();
    }
  }

  private void requireAlive(Instant end) throws IOException {
    if (!process.isAlive() || Instant.now().isAfter(end)) {
      List<String> lines = new ArrayList<>(Files.readAllLines(log));
      throw new IllegalStateException(
          "the process does not get ready:\n"
              + String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size())));
    }
  }

  /** Something to wait for. */
  interface Check {
    boolean holds() throws IOException, InterruptedException;
  }
}
