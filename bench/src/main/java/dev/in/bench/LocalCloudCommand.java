package dev.in.bench;

import dev.in.bench.localcloud.LocalCloudBench;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures the local cloud beside Google's emulators. */
@Command(
    name = "local-cloud",
    description =
        "Pub/Sub and Firestore of the local cloud, and Google's emulators beside it where the Cloud"
            + " SDK has them.",
    mixinStandardHelpOptions = true)
final class LocalCloudCommand implements Callable<Integer> {
  @Mixin private BenchOptions options;

  @Option(
      names = "--only",
      paramLabel = "NAME[,NAME...]",
      split = ",",
      description = "Measure these cases only.")
  private List<String> only = List.of();

  @Override
  public Integer call() {
    Logger.getLogger("").setLevel(Level.SEVERE);
    new LocalCloudBench(options.rounds(), BenchOptions::progress, this::report).run(only);
    return 0;
  }

  private void report(Map<String, Object> result) {
    try {
      options.report(System.out, result);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
