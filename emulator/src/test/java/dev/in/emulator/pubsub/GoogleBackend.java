package dev.in.emulator.pubsub;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Google's own emulator, where the Cloud SDK has it, as a process. */
record GoogleBackend(Process process, int port) implements PubSubBackend {

  /** Where the package and the installer put it. */
  private static Stream<Path> places() {
    Path below = Path.of("platform", "pubsub-emulator", "lib");
    return Stream.of(
            Optional.ofNullable(System.getenv("CLOUDSDK_ROOT_DIR")).map(Path::of),
            Optional.of(Path.of("/usr/lib/google-cloud-sdk")),
            Optional.of(Path.of(System.getProperty("user.home"), "google-cloud-sdk")))
        .flatMap(Optional::stream)
        .map(root -> root.resolve(below));
  }

  static Optional<Path> jar() {
    return places().filter(Files::isDirectory).flatMap(GoogleBackend::jars).findFirst();
  }

  private static Stream<Path> jars(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith("-all.jar")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static GoogleBackend start(Path jar) {
    try {
      int port = freePort();
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-jar",
                  jar.toString(),
                  "--host=localhost",
                  "--port=" + port)
              .redirectErrorStream(true)
              .start();
      BufferedReader output =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      String line = output.readLine();
      while (line != null && !line.contains("Server started")) {
        line = output.readLine();
      }
      Thread.ofVirtual().start(() -> drain(output));
      return new GoogleBackend(process, port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Lest it stops at a full pipe. */
  private static void drain(BufferedReader output) {
    output.lines().forEach(List::of);
  }

  /** Found by running the suites against version 0.8.20. */
  @Override
  public Features features() {
    return new Features(false, false, false, false, false);
  }

  @Override
  public String host() {
    return "localhost:" + port;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
