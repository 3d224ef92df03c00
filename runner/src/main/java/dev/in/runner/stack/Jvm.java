package dev.in.runner.stack;

import static java.util.Objects.requireNonNull;

import dev.in.runner.process.StackFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * How our programs are started on Java: the one that runs here.
 *
 * @param caches AOT caches of earlier starts
 * @param temporary for what programs unpack and forget: the run's own folder, which is removed even
 *     after they were killed
 */
record Jvm(AotCaches caches, Path temporary) {
  private static final List<String> COMMON_FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:-UsePerfData",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  /** As functions/container/jvm.options has them. */
  static final List<String> PRODUCTION_FLAGS =
      concat(
          COMMON_FLAGS,
          "-XX:Tier4InvocationThreshold=20000",
          "-XX:Tier4MinInvocationThreshold=2400",
          "-XX:Tier4CompileThreshold=60000",
          "-XX:CompileCommand=quiet",
          "-XX:CompileCommand=CompileThresholdScaling,com/sun/crypto/provider/*.*,0.02");

  /** Heap of Cloud Run's larger instances, 38 % of 1 GiB, for {@code IN_JVM=production}. */
  private static final int PRODUCTION_MEGABYTES = 389;

  private static final boolean PRODUCTION = "production".equals(System.getenv("IN_JVM"));

  /** Short-lived, small processes do better with the quick compiler alone. */
  private static final List<String> FLAGS =
      PRODUCTION ? PRODUCTION_FLAGS : concat(COMMON_FLAGS, "-XX:TieredStopAtLevel=1");

  Jvm {
    requireNonNull(caches, "caches is null");
    requireNonNull(temporary, "temporary is null");
  }

  /**
   * The command for one program.
   *
   * @param megabytes of heap at most
   * @param jars its class path
   * @param arguments as Java takes them: class path, main class, its own arguments
   */
  List<String> command(String program, int megabytes, List<Path> jars, List<String> arguments)
      throws StackFailure {
    return Stream.of(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()),
            FLAGS,
            List.of("-Xmx" + heap(megabytes) + "m", "-Djava.io.tmpdir=" + temporary),
            caches.flags(program, jars, FLAGS),
            arguments)
        .flatMap(List::stream)
        .toList();
  }

  private static List<String> concat(List<String> flags, String... more) {
    return Stream.concat(flags.stream(), Stream.of(more)).toList();
  }

  private static int heap(int megabytes) {
    return PRODUCTION ? Math.max(megabytes, PRODUCTION_MEGABYTES) : megabytes;
  }
}
