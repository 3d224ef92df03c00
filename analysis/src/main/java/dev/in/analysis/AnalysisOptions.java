package dev.in.analysis;

import static java.util.Objects.requireNonNull;

import dev.in.analysis.image.DecodeLimits;

/**
 * What the engines may use.
 *
 * @param threads how many threads the networks of one image may use, at least 1
 * @param parallelism how many images are worked on at once, at least 1; further callers wait. Each
 *     holds up to about 130 MB of heap, and all together up to 500 MB outside of it
 * @param limits what one image may cost
 */
public record AnalysisOptions(int threads, int parallelism, DecodeLimits limits) {
  public AnalysisOptions {
    if (threads < 1 || parallelism < 1) {
      throw new IllegalArgumentException("threads and parallelism must be positive");
    }
    requireNonNull(limits, "limits is null");
  }

  /** Two threads for an image, as many images at once as there are processors. */
  public static AnalysisOptions defaults() {
    return new AnalysisOptions(2, Runtime.getRuntime().availableProcessors(), DecodeLimits.DEFAULT);
  }

  public AnalysisOptions withThreads(int changed) {
    return new AnalysisOptions(changed, parallelism, limits);
  }

  public AnalysisOptions withParallelism(int changed) {
    return new AnalysisOptions(threads, changed, limits);
  }

  public AnalysisOptions withLimits(DecodeLimits changed) {
    return new AnalysisOptions(threads, parallelism, changed);
  }
}
