package dev.in.bench;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Measures starts of the functions beside the smallest Quarkus application, with the flags of their
 * images, without a cache and with an AOT cache trained as the images' are.
 */
@Command(
    name = "starts",
    description = "Start every function, and the smallest Quarkus application beside them.",
    mixinStandardHelpOptions = true)
final class StartsCommand implements Callable<Integer> {
  private static final String MINIMAL = "minimal";

  @Mixin private BenchOptions options;

  @Option(
      names = "--only",
      paramLabel = "NAME[,NAME...]",
      split = ",",
      description = "Measure these only.")
  private List<String> only = List.of();

  @Override
  public Integer call() throws Exception {
    Path root = BenchOptions.root().toAbsolutePath();
    Path folder = Files.createTempDirectory("in-bench-");
    Map<String, Path> applications = applications(root);
    Map<String, List<Start>> starts = new LinkedHashMap<>();
    try (LocalCloudProcess cloud = LocalCloudProcess.start(root, folder.resolve("cloud.log"));
        HttpClient client = HttpClient.newHttpClient()) {
      Starter starter = new Starter(root, folder, cloud.environment(), client);
      Map<String, Path> caches = new LinkedHashMap<>();
      for (Map.Entry<String, Path> application : applications.entrySet()) {
        BenchOptions.progress("training " + application.getKey());
        caches.put(application.getKey(), starter.train(application.getValue()));
      }
      for (int round = 1; round <= options.rounds(); round++) {
        BenchOptions.progress("round " + round + " of " + options.rounds());
        for (Map.Entry<String, Path> application : applications.entrySet()) {
          String name = application.getKey();
          add(starts, name + " plain", starter.start(application.getValue(), List.of()));
          List<String> cached = List.of("-XX:AOTCache=" + caches.get(name));
          add(starts, name + " aot", starter.start(application.getValue(), cached));
        }
      }
    } finally {
      delete(folder);
    }
    for (Map.Entry<String, List<Start>> measured : starts.entrySet()) {
      options.report(System.out, result(measured.getKey().split(" "), measured.getValue()));
    }
    return 0;
  }

  private Map<String, Path> applications(Path root) throws IOException {
    Map<String, Path> all = new TreeMap<>();
    try (Stream<Path> functions = Files.list(root.resolve("functions"))) {
      functions
          .filter(function -> Files.exists(function.resolve("target/quarkus-app/quarkus-run.jar")))
          .forEach(
              function ->
                  all.put(
                      function.getFileName().toString(), function.resolve("target/quarkus-app")));
    }
    all.put(MINIMAL, root.resolve("bench/minimal/target/quarkus-app"));
    if (!only.isEmpty()) {
      all.keySet().retainAll(only);
    }
    return all;
  }

  private static void add(Map<String, List<Start>> starts, String what, Start start) {
    starts.computeIfAbsent(what, key -> new ArrayList<>()).add(start);
  }

  private static Map<String, Object> result(String[] what, List<Start> starts) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("function", what[0]);
    result.put("variant", what[1]);
    result.put(
        "readyMillis", Math.round(Median.of(starts.stream().map(Start::readyMillis).toList())));
    result.put(
        "cpuSeconds",
        Median.rounded(Median.of(starts.stream().map(Start::cpuSeconds).toList()), 2));
    result.put("rssMiB", Math.round(Median.of(starts.stream().map(Start::rssMiB).toList())));
    return result;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /**
   * One start.
   *
   * @param readyMillis from the start of the process to the first 200 of its readiness
   * @param cpuSeconds until then
   * @param rssMiB after its first messages
   */
  record Start(double readyMillis, double cpuSeconds, double rssMiB) {}

  /** Starts applications in one environment. */
  private record Starter(
      Path root, Path folder, Map<String, String> environment, HttpClient client) {

    Start start(Path application, List<String> flags) throws IOException, InterruptedException {
      StartedApplication started = launch(application, flags);
      try {
        double ready = started.awaitReadyMillis();
        double cpu = started.usage().cpuSeconds();
        started.pushMessages();
        return new Start(ready, cpu, started.usage().rssMiB());
      } finally {
        started.stop();
      }
    }

    /** As functions/container/train.sh does it in the image's build. */
    Path train(Path application) throws IOException, InterruptedException {
      Path cache = Files.createTempFile(folder, "function", ".aot");
      Files.delete(cache);
      start(application, List.of("-XX:AOTCacheOutput=" + cache));
      if (!Files.exists(cache)) {
        throw new IllegalStateException("no cache was written for " + application);
      }
      return cache;
    }

    private StartedApplication launch(Path application, List<String> flags) throws IOException {
      return StartedApplication.start(
          root, application, folder.resolve("application.log"), environment, client, flags);
    }
  }
}
