package dev.in.runner.stack;

import static java.util.Objects.requireNonNull;

import dev.in.runner.process.StackFailure;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the built components are.
 *
 * @param root the project's folder
 */
public record Installation(Path root) {
  /** As deep as Quarkus lays out an application. */
  private static final int MAX_DEPTH = 4;

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

  /** Which needs the development packages of the edge. */
  Path signInProvider() throws StackFailure {
    built(root.resolve("edge/node_modules/oidc-provider"));
    return built(root.resolve("edge/build/local-provider.js"));
  }

  /** The Node that comes with these packages, where there is one for this machine. */
  String node() {
    Path own = root.resolve("edge/node_modules/.bin/node");
    return Files.isExecutable(own) ? own.toString() : "node";
  }

  /** The report of results, without its data. */
  public Path reportTemplate() throws StackFailure {
    return built(root.resolve("edge/dist/report.html"));
  }

  Path functionJar(String function) throws StackFailure {
    return built(
        root.resolve("functions").resolve(function).resolve("target/quarkus-app/quarkus-run.jar"));
  }

  /**
   * The local cloud's class path, analysis/ included, unexpanded. A long command line breaks ONNX
   * Runtime, whose 1.29.0 reads its own process' with a recursive regular expression, which
   * overflows the stack.
   */
  public String cloudClassPath() throws StackFailure {
    Path target = root.resolve("emulator/target");
    return target.resolve("*") + File.pathSeparator + built(target.resolve("lib")).resolve("*");
  }

  /** The jars of that class path. */
  List<Path> cloudJars() throws StackFailure {
    Path target = root.resolve("emulator/target");
    return Stream.of(jars(target, 1), jars(built(target.resolve("lib")), 1))
        .flatMap(List::stream)
        .toList();
  }

  /** All that a function is made of. */
  List<Path> functionJars(String function) throws StackFailure {
    return jars(functionJar(function).getParent(), MAX_DEPTH);
  }

  /** Where caches of starts are kept. */
  public Path aotCaches() {
    return root.resolve(".in/aot");
  }

  private static List<Path> jars(Path folder, int depth) throws StackFailure {
    try (Stream<Path> files = Files.walk(folder, depth)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new StackFailure(folder + " cannot be read: " + e, e);
    }
  }

  private Path built(Path file) throws StackFailure {
    if (!Files.exists(file)) {
      throw new StackFailure(root.relativize(file) + " has not been built");
    }
    return file;
  }
}
