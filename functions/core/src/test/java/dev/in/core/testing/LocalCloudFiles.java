package dev.in.core.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The packaged local cloud, found from wherever in the source tree a test runs. */
record LocalCloudFiles(Path jar, Path libraries) {

  static LocalCloudFiles find() {
    Path target = root().resolve("emulator").resolve("target");
    Path libraries = target.resolve("lib");
    Optional<Path> jar = jar(target);
    if (jar.isEmpty() || !Files.isDirectory(libraries)) {
      throw new IllegalStateException(
          "The local cloud is not packaged in "
              + target
              + ". Package it first: mvn -pl emulator package -DskipTests");
    }
    return new LocalCloudFiles(jar.get(), libraries);
  }

  /** As little of the JVM as starts soonest. */
  List<String> command() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        jar + File.pathSeparator + libraries.resolve("*"),
        "dev.in.emulator.Main",
        "--project",
        LocalCloudProcess.PROJECT,
        "--bucket",
        LocalCloudProcess.BUCKET,
        "--until-stdin-closes");
  }

  private static Path root() {
    Path start = Path.of("").toAbsolutePath();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve("emulator").resolve("pom.xml"))) {
        return folder;
      }
    }
    throw new IllegalStateException("there is no emulator/pom.xml above " + start);
  }

  private static Optional<Path> jar(Path target) {
    if (!Files.isDirectory(target)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(target)) {
      return files
          .filter(file -> file.getFileName().toString().matches("in-emulator-.*\\.jar"))
          .filter(file -> !file.getFileName().toString().contains("-tests"))
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + target, e);
    }
  }
}
