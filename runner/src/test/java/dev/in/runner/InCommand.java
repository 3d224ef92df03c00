package dev.in.runner;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The launcher as users start it, in a process of its own. */
final class InCommand implements AutoCloseable {
  private static final Path ROOT = findRoot();
  private static final Path TETHER =
      ROOT.resolve("runner/src/main/resources/dev/in/runner/process/tether.sh");

  private static final List<String> LAUNCHER = List.of(ROOT.resolve("in").toString());

  private final Process process;
  private final Lines out;
  private final Lines errors;

  private InCommand(Process process) {
    this.process = process;
    this.out = new Lines(process.getInputStream(), false);
    this.errors = new Lines(process.getErrorStream(), true);
  }

  /**
   * Starts {@code ./in}.
   *
   * @param temporary the temporary folder of all its processes, by which a test finds them
   */
  static InCommand start(Path temporary, String... arguments) throws IOException {
    return start(temporary, Map.of(), arguments);
  }

  static InCommand start(Path temporary, Map<String, String> environment, String... arguments)
      throws IOException {
    return start(temporary, environment, LAUNCHER, arguments);
  }

  /** Ties it to this process, too, so that it ends with tests that are cut off. */
  static InCommand startTied(Path temporary, Map<String, String> environment, String... arguments)
      throws IOException {
    return startTied(temporary, environment, LAUNCHER, arguments);
  }

  /**
   * The same of another program.
   *
   * @param program as {@link #ofBuilt} gives it
   */
  static InCommand startTied(
      Path temporary, Map<String, String> environment, List<String> program, String... arguments)
      throws IOException {
    List<String> tied =
        Stream.concat(Stream.of("/bin/sh", TETHER.toString()), program.stream()).toList();
    return start(temporary, environment, tied, arguments);
  }

  /**
   * What the launcher of another folder becomes once everything is built there; it builds nothing.
   */
  static List<String> ofBuilt(Path root) {
    Path target = root.resolve("runner/target");
    return List.of(
        "/bin/sh",
        "-c",
        "exec \"$0\" -Djava.io.tmpdir=\"$TMPDIR\" \"$@\"",
        Path.of(System.getProperty("java.home"), "bin/java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "--enable-native-access=ALL-UNNAMED",
        "-Din.root=" + root,
        "-cp",
        target.resolve("*") + File.pathSeparator + target.resolve("lib/*"),
        "dev.in.runner.Main");
  }

  /**
   * Starts a program.
   *
   * @param program {@code ./in}, or as {@link #ofBuilt} gives it
   */
  static InCommand start(
      Path temporary, Map<String, String> environment, List<String> program, String... arguments)
      throws IOException {
    // Under nohup these tests would hand on that a hangup is ignored, which the launcher honours.
    Stream<String> command =
        Stream.concat(Stream.of("env", "--default-signal=HUP"), program.stream());
    ProcessBuilder builder =
        new ProcessBuilder(Stream.concat(command, Stream.of(arguments)).toList())
            .directory(temporary.toFile());
    builder.environment().put("TMPDIR", temporary.toString());
    builder.environment().putAll(environment);
    return new InCommand(builder.start());
  }

  static Path root() {
    return ROOT;
  }

  /** {@code ./in} of this project. */
  static List<String> launcher() {
    return LAUNCHER;
  }

  /** Waits for its end and returns its exit code. */
  int awaitExit(Duration time) throws InterruptedException {
    if (!process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("still running: " + errors.all());
    }
    out.awaitEnd();
    errors.awaitEnd();
    return process.exitValue();
  }

  List<String> out() {
    return out.all();
  }

  List<String> errors() {
    return errors.all();
  }

  /** Waits until it has printed such a line on standard output. */
  String awaitOut(Predicate<String> wanted) throws InterruptedException {
    return out.await(wanted, process);
  }

  /** Waits until it has printed such a line on standard error. */
  String awaitError(Predicate<String> wanted) throws InterruptedException {
    return errors.await(wanted, process);
  }

  long pid() {
    return process.pid();
  }

  /** The process ids of its children whose command line contains that text. */
  List<Long> children(String text) {
    return process
        .children()
        .map(ProcessHandle::pid)
        .filter(child -> Processes.commandLine(child).contains(text))
        .toList();
  }

  /** Sends a signal by its name. */
  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }

  private static Path findRoot() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isExecutable(folder.resolve("in"))) {
      folder = folder.getParent();
    }
    return folder;
  }

  /** What a process prints, as it comes. */
  private static final class Lines {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Thread reader;

    /**
     * @param shown prints every line, so that a failed test shows why
     */
    Lines(InputStream stream, boolean shown) {
      reader = Thread.ofPlatform().daemon().start(() -> read(stream, shown));
    }

    private void read(InputStream stream, boolean shown) {
      try (BufferedReader in =
          new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          lines.add(line);
          if (shown) {
            System.out.println("  " + line);
          }
        }
      } catch (IOException e) {
        lines.add("(cannot be read: " + e.getMessage() + ")");
      }
    }

    List<String> all() {
      return List.copyOf(lines);
    }

    void awaitEnd() throws InterruptedException {
      reader.join(Duration.ofSeconds(10));
    }

    String await(Predicate<String> wanted, Process process) throws InterruptedException {
      while (true) {
        boolean ended = !reader.isAlive();
        for (String line : lines) {
          if (wanted.test(line)) {
            return line;
          }
        }
        if (ended) {
          throw new AssertionError("ended (" + process.waitFor() + ") without that line: " + all());
        }
        Thread.sleep(10);
      }
    }
  }
}
