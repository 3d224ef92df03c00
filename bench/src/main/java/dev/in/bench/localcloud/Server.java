package dev.in.bench.localcloud;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A server process that is measured. It ends with this one.
 *
 * @param host {@code localhost:PORT}
 */
record Server(Process process, String host) implements AutoCloseable {

  /**
   * Starts a process and returns when a line of its output says that it serves.
   *
   * @param host reads the address from that line; empty for any other line
   */
  static Server start(List<String> command, Function<String, Optional<String>> host) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
      BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        Optional<String> found = host.apply(line);
        if (found.isPresent()) {
          Thread.ofVirtual().start(() -> drain(output));
          return new Server(process, found.get());
        }
      }
      throw new IllegalStateException("a server does not start: " + String.join(" ", command));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads on, so that the process does not stop at a full pipe. */
  private static void drain(BufferedReader output) {
    try {
      output.transferTo(Writer.nullWriter());
    } catch (IOException ended) {
      // The process has been stopped.
    }
  }

  /** CPU time taken so far. */
  Duration cpu() {
    return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Resident memory; 0 where the system does not say. */
  double rssMiB() {
    Path status = Path.of("/proc/" + process.pid() + "/status");
    try {
      return Files.isReadable(status)
          ? Files.readAllLines(status).stream()
              .filter(line -> line.startsWith("VmRSS:"))
              .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D+", "")) / 1024)
              .sum()
          : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
