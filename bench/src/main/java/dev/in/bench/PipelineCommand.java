package dev.in.bench;

import dev.in.analysis.Feature;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures the chain beside one loop with the same libraries. */
@Command(
    name = "pipeline",
    description = "Process a folder of images by the chain, and by one loop beside it.",
    mixinStandardHelpOptions = true)
final class PipelineCommand implements Callable<Integer> {
  @Mixin private BenchOptions options;

  @Parameters(paramLabel = "DIR", description = "A folder of images.")
  private Path images;

  @Option(
      names = "--features",
      paramLabel = "FEATURE[,FEATURE...]",
      defaultValue = "colors",
      description = "Of text, colors (default: ${DEFAULT-VALUE}).")
  private String features;

  @Override
  public Integer call() throws Exception {
    Path root = BenchOptions.root().toAbsolutePath();
    List<Path> files = ImageFiles.in(images);
    Path folder = Files.createTempDirectory("in-bench-");
    List<Measurement> chains = new ArrayList<>();
    List<Measurement> loops = new ArrayList<>();
    try (Chain chain = Chain.start(root, folder);
        Loop loop = new Loop(wanted())) {
      BenchOptions.progress("warming up");
      loop.run(files);
      chain.run(images.toAbsolutePath(), features);
      for (int round = 1; round <= options.rounds(); round++) {
        BenchOptions.progress("round " + round + " of " + options.rounds());
        loops.add(loop.run(files));
        chains.add(chain.run(images.toAbsolutePath(), features));
      }
    }
    options.report(System.out, result(files.size(), chains, loops));
    return 0;
  }

  private Set<Feature> wanted() {
    return Set.of(features.split(",")).stream()
        .map(name -> Feature.valueOf(name.toUpperCase(Locale.ROOT)))
        .collect(Collectors.toUnmodifiableSet());
  }

  private Map<String, Object> result(int count, List<Measurement> chains, List<Measurement> loops) {
    double chain = count / median(chains, Measurement::seconds);
    double loop = count / median(loops, Measurement::seconds);
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("images", count);
    result.put("features", features);
    result.put("chainPerSecond", Median.rounded(chain, 2));
    result.put("loopPerSecond", Median.rounded(loop, 2));
    result.put("ratio", Median.rounded(chain / loop, 3));
    result.put(
        "chainCpuSeconds", Median.rounded(median(chains, Measurement::cpuSeconds) / count, 3));
    result.put("loopCpuSeconds", Median.rounded(median(loops, Measurement::cpuSeconds) / count, 3));
    return result;
  }

  private static double median(List<Measurement> all, ToDoubleFunction<Measurement> of) {
    return Median.of(all.stream().map(of::applyAsDouble).toList());
  }
}
