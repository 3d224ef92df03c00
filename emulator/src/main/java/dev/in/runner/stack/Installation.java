package dev.in.runner.stack;

import static java.util.Objects.requireNonNull;

import dev.in.runner.process.StackFailure;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the built parts are.
 *
 * @param root the project's folder
 */
public record Installation(Path root) {

  public Installation {
    requireNonNull(root, "root is null");
  }

  /** The folder that the launcher names ({@code -Din.root}), or else the current one. */
  public static Installation find() {
    return new Installation(Path.of(System.getProperty("in.root", "")).toAbsolutePath());
  }

  Path edgeBinary() throws StackFailure {
    return built(root.resolve("edge/dist/workerd"));
  }

  Path edgeConfiguration() throws StackFailure {
    return built(root.resolve("edge/dist/config.capnp"));
  }

  Path functionJar(String function) throws StackFailure {
    return built(
        root.resolve("functions").resolve(function).resolve("target/quarkus-app/quarkus-run.jar"));
  }

  /** A Java command with what all our short-lived, small processes want. */
  static List<String> java(int megabytes, String... arguments) {
    return Stream.concat(
            Stream.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Xmx" + megabytes + "m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"),
            Stream.of(arguments))
        .toList();
  }

  /**
   * The local cloud's class path, unexpanded. A long command line is no mere ugliness: ONNX Runtime
   * 1.29.0 reads its own process' with a recursive regular expression, which overflows the stack.
   */
  String cloudClassPath() throws StackFailure {
    Path target = root.resolve("emulator/target");
    return target.resolve("*") + File.pathSeparator + built(target.resolve("lib")).resolve("*");
  }

  private Path built(Path file) throws StackFailure {
    if (!Files.exists(file)) {
      throw new StackFailure(root.relativize(file) + " has not been built");
    }
    return file;
  }
}
