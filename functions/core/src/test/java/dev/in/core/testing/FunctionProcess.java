package dev.in.core.testing;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The packaged function of the module under test, as the process that Cloud Run would start. */
public final class FunctionProcess implements AutoCloseable {
  private static final Path TARGET = Path.of("target");
  private static final Path JAR = TARGET.resolve(Path.of("quarkus-app", "quarkus-run.jar"));
  private static final String EXECUTABLE = "-runner"; // Quarkus' name for what -Pnative builds
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final String LISTENING = "Listening on: ";

  private final Process process;
  private final List<String> output = new CopyOnWriteArrayList<>();
  private final Thread reader;

  private FunctionProcess(Process process) {
    this.process = requireNonNull(process, "process is null");
    this.reader = Thread.ofVirtual().start(this::read);
  }

  /**
   * Starts it with that environment and nothing of the test's own.
   *
   * @param jvmOptions such as {@code -Xmx64m}
   */
  public static FunctionProcess start(Map<String, String> environment, String... jvmOptions) {
    return start(command(List.of(jvmOptions)), environment);
  }

  /** Starts it with the JVM's options of its container, and these. */
  public static FunctionProcess startInContainer(
      Map<String, String> environment, String... jvmOptions) {
    return start(containerCommand(jvmOptions), environment);
  }

  /** The same within a control group. */
  public static FunctionProcess startInContainer(
      MemoryCgroup group, Map<String, String> environment, String... jvmOptions) {
    return start(group.command(containerCommand(jvmOptions)), environment);
  }

  private static List<String> containerCommand(String... jvmOptions) {
    ContainerJvmOptions container = ContainerJvmOptions.read();
    List<String> options =
        new ArrayList<>(
            Boolean.getBoolean("in.native")
                ? List.of("-XX:MaximumHeapSizePercent=" + container.heapPercent())
                : container.lines());
    options.addAll(List.of(jvmOptions));
    return command(options);
  }

  private static FunctionProcess start(List<String> command, Map<String, String> environment) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(Map.of("PORT", "0", "QUARKUS_HTTP_HOST", "127.0.0.1"));
    builder.environment().putAll(environment);
    try {
      return new FunctionProcess(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException("the function cannot be started", e);
    }
  }

  /** With {@code -Pnative} the executable, or else the jar. */
  private static List<String> command(List<String> jvmOptions) {
    List<String> command = new ArrayList<>();
    if (Boolean.getBoolean("in.native")) {
      command.add(executable().toString());
      command.addAll(jvmOptions); // it takes -Xmx and the like, too
    } else {
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
      command.addAll(jvmOptions);
      command.addAll(List.of("-jar", packaged(JAR).toString()));
    }
    return command;
  }

  private static Path executable() {
    try (Stream<Path> files = Files.list(packaged(TARGET))) {
      return files
          .filter(file -> file.toString().endsWith(EXECUTABLE))
          .findFirst()
          .orElseThrow(() -> notPackaged(TARGET.resolve("*" + EXECUTABLE)));
    } catch (IOException e) {
      throw new UncheckedIOException("what was packaged cannot be listed", e);
    }
  }

  private static Path packaged(Path file) {
    if (!Files.exists(file)) {
      throw notPackaged(file);
    }
    return file;
  }

  private static IllegalStateException notPackaged(Path file) {
    return new IllegalStateException(
        file.toAbsolutePath() + " is not there: package the function first");
  }

  private void read() {
    try (BufferedReader lines = process.inputReader()) {
      lines.lines().forEach(output::add);
    } catch (IOException | UncheckedIOException e) {
      output.add("(the output broke off: " + e + ")");
    }
  }

  /** Where it listens, once it is ready. */
  public URI awaitReady() {
    JsonNode line = awaitLog(log -> log.path("message").asText().contains(LISTENING));
    String message = line.path("message").asText();
    String from = message.substring(message.indexOf(LISTENING) + LISTENING.length());
    URI endpoint = URI.create(from.split("[\\s,]")[0] + "/");
    if (new PushClient(endpoint).getUntil(200, "/q/health/ready").statusCode() != 200) {
      throw new AssertionError("it does not get ready:\n" + output());
    }
    return endpoint;
  }

  /** The first line of its log that is like that. */
  public JsonNode awaitLog(Predicate<JsonNode> like) {
    long end = System.nanoTime() + TIMEOUT.toNanos();
    while (System.nanoTime() < end) {
      boolean ended = !process.isAlive() && !reader.isAlive();
      Optional<JsonNode> found = logs().stream().filter(like).findFirst();
      if (found.isPresent()) {
        return found.get();
      }
      if (ended) {
        break;
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    throw new AssertionError("it has not logged that:\n" + output());
  }

  /** The lines of its output that are JSON. */
  public List<JsonNode> logs() {
    List<JsonNode> logs = new ArrayList<>();
    for (String line : output) {
      if (line.startsWith("{")) {
        logs.add(json(line));
      }
    }
    return logs;
  }

  /** All that it has written. */
  public String output() {
    return String.join("\n", output);
  }

  /** The most memory that it has ever had resident, in bytes (Linux, proc(5): VmHWM). */
  public long peakMemory() throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
        .findFirst()
        .orElseThrow();
  }

  /** Sends SIGTERM, as Cloud Run does. */
  public void terminate() {
    process.destroy();
  }

  /** How it ended; fails if it has not within that time. */
  public int awaitExit(Duration within) throws InterruptedException {
    if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("it is still there after " + within + ":\n" + output());
    }
    reader.join(TIMEOUT);
    return process.exitValue();
  }

  private static JsonNode json(String line) {
    try {
      return new ObjectMapper().readTree(line);
    } catch (IOException e) {
      throw new AssertionError("a line that begins as JSON and is none: " + line, e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
