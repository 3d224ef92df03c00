package dev.in.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Measures reading of metadata beside exiftool, and compares what was read. */
@Command(
    name = "metadata",
    description = {
      "Read the metadata of a folder of images, and by exiftool beside it: how long it takes,",
      "and field by field in how many images both read the same."
    },
    mixinStandardHelpOptions = true)
final class MetadataCommand implements Callable<Integer> {
  private static final Duration WARM_UP = Duration.ofSeconds(5);

  /** The fields that results have, as exiftool names them. */
  private static final List<String> FIELDS =
      ComparedField.ALL.stream()
          .flatMap(field -> field.tags().stream())
          .distinct()
          .map(tag -> "-" + tag)
          .toList();

  @Mixin private BenchOptions options;

  @Parameters(paramLabel = "DIR", description = "A folder of images.")
  private Path images;

  @Override
  public Integer call() throws Exception {
    List<Path> files = ImageFiles.in(images);
    boolean compared = isInstalled();
    if (!compared) {
      BenchOptions.progress("SKIPPED: exiftool is not installed");
    }
    Map<String, List<Double>> millis = new LinkedHashMap<>();
    warmUp(files);
    for (int round = 1; round <= options.rounds(); round++) {
      BenchOptions.progress("round " + round + " of " + options.rounds());
      add(millis, "ours", ours(files), files.size());
      if (compared) {
        add(millis, "exiftool -stay_open", stayOpen(files), files.size());
        add(millis, "exiftool", oneProcessEach(files), files.size());
      }
    }
    double ours = Median.of(millis.get("ours"));
    for (Map.Entry<String, List<Double>> subject : millis.entrySet()) {
      double median = Median.of(subject.getValue());
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("images", files.size());
      result.put("subject", subject.getKey());
      result.put("millisPerImage", Median.rounded(median, 3));
      result.put("timesOurs", Median.rounded(median / ours, 1));
      options.report(System.out, result);
    }
    if (compared) {
      for (Map<String, Object> field : Agreement.of(files)) {
        options.report(System.out, field);
      }
    }
    return 0;
  }

  private static void add(
      Map<String, List<Double>> millis, String subject, long nanos, int images) {
    millis.computeIfAbsent(subject, key -> new ArrayList<>()).add(nanos / 1e6 / images);
  }

  /** A function reads its ten thousandth image with compiled code. */
  private static void warmUp(List<Path> files) throws IOException {
    long started = System.nanoTime();
    while (System.nanoTime() - started < WARM_UP.toNanos()) {
      ours(files);
    }
  }

  private static long ours(List<Path> files) throws IOException {
    long started = System.nanoTime();
    for (Path file : files) {
      MetadataReader.read(file);
    }
    return System.nanoTime() - started;
  }

  private static long oneProcessEach(List<Path> files) throws IOException, InterruptedException {
    long started = System.nanoTime();
    for (Path file : files) {
      List<String> command = new ArrayList<>(List.of("exiftool", "-json"));
      command.addAll(FIELDS);
      command.add(file.toString());
      exiftool(command).start().waitFor();
    }
    return System.nanoTime() - started;
  }

  private static long stayOpen(List<Path> files) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("exiftool", "-stay_open", "True", "-@", "-")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (OutputStream in = process.getOutputStream();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      ask(in, out, files.getFirst()); // its start is not measured
      long started = System.nanoTime();
      for (Path file : files) {
        ask(in, out, file);
      }
      long took = System.nanoTime() - started;
      in.write("-stay_open\nFalse\n".getBytes(StandardCharsets.UTF_8));
      return took;
    } finally {
      process.destroy();
      process.waitFor();
    }
  }

  private static void ask(OutputStream in, BufferedReader out, Path file) throws IOException {
    String request = "-json\n" + String.join("\n", FIELDS) + "\n" + file + "\n-execute\n";
    in.write(request.getBytes(StandardCharsets.UTF_8));
    in.flush();
    String line;
    do {
      line = out.readLine();
    } while (line != null && !line.contains("{ready}"));
  }

  private static boolean isInstalled() throws InterruptedException {
    try {
      return exiftool(List.of("exiftool", "-ver")).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static ProcessBuilder exiftool(List<String> command) {
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD);
  }
}
