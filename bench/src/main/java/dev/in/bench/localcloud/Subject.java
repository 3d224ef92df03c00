package dev.in.bench.localcloud;

import dev.in.bench.localcloud.Case.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whose implementation is measured, each started as its own program starts it: the local cloud with
 * the flags that {@code ./in} gives it, Google's emulators with the JVM's defaults. On the same
 * JDK.
 */
enum Subject {
  OURS {
    @Override
    Optional<Server> start(Service service) {
      Path target = Path.of(System.getProperty("in.root", "."), "emulator", "target");
      Path jar =
          jars(target)
              .filter(file -> file.getFileName().toString().startsWith("in-emulator"))
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("the local cloud is not built"));
      return Optional.of(
          Server.start(
              java(
                  "-XX:+UseSerialGC",
                  "-XX:-UsePerfData",
                  "-XX:TieredStopAtLevel=1",
                  "-Xmx1024m",
                  "-cp",
                  jar + ":" + target.resolve("lib") + "/*",
                  "dev.in.emulator.Main"),
              line ->
                  Optional.of(line)
                      .filter(ready -> ready.startsWith("ready http://"))
                      .map(ready -> ready.substring("ready http://".length()))));
    }
  },
  GOOGLE {
    @Override
    Optional<Server> start(Service service) {
      Path platform = Path.of(sdk(), "platform");
      Optional<Path> jar =
          switch (service) {
            case PUBSUB ->
                jars(platform.resolve("pubsub-emulator/lib"))
                    .filter(file -> file.toString().endsWith("-all.jar"))
                    .findFirst();
            case FIRESTORE -> jars(platform.resolve("cloud-firestore-emulator")).findFirst();
          };
      int port = freePort();
      String main =
          switch (service) {
            case PUBSUB -> "com.google.cloud.pubsub.testing.v1.Main";
            case FIRESTORE -> "com.google.cloud.datastore.emulator.firestore.CloudFirestore";
          };
      String started =
          switch (service) {
            case PUBSUB -> "Server started";
            case FIRESTORE -> "Dev App Server is now running";
          };
      return jar.map(
          file ->
              Server.start(
                  java("-cp", file.toString(), main, "--host=localhost", "--port=" + port),
                  line ->
                      line.contains(started)
                          ? Optional.of("localhost:" + port)
                          : Optional.empty()));
    }
  };

  /** Starts it; empty where it is not installed. */
  abstract Optional<Server> start(Service service);

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static String sdk() {
    return Optional.ofNullable(System.getenv("CLOUDSDK_ROOT_DIR"))
        .orElse("/usr/lib/google-cloud-sdk");
  }

  private static List<String> java(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    String options = System.getProperty("in.bench.java", "");
    if (!options.isBlank()) {
      command.addAll(List.of(options.split(" ")));
    }
    command.addAll(List.of(arguments));
    return command;
  }

  private static Stream<Path> jars(Path folder) {
    if (!Files.isDirectory(folder)) {
      return Stream.empty();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
