package dev.in.bench.localcloud;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One run of one case.
 *
 * @param perSecond operations done in a second
 * @param p50Millis median latency of an operation
 * @param p95Millis 95th percentile of the latency
 * @param serverCpuMillis CPU time that the server took for one operation
 * @param duplicates messages received more than once
 * @param rssMiB the server's resident memory at the end
 */
record Result(
    double perSecond,
    double p50Millis,
    double p95Millis,
    double serverCpuMillis,
    long duplicates,
    double rssMiB) {

  /** From latencies in nanoseconds. */
  static Result of(
      long[] latencies, double seconds, double serverCpuMillis, long duplicates, double rssMiB) {
    long[] sorted = latencies.clone();
    Arrays.sort(sorted);
    return new Result(
        latencies.length / seconds,
        percentile(sorted, 0.50),
        percentile(sorted, 0.95),
        serverCpuMillis / latencies.length,
        duplicates,
        rssMiB);
  }

  private static double percentile(long[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))] / 1e6;
  }

  /** Of each figure the median; duplicates add up. */
  static Result median(List<Result> runs) {
    return new Result(
        median(runs, Result::perSecond),
        median(runs, Result::p50Millis),
        median(runs, Result::p95Millis),
        median(runs, Result::serverCpuMillis),
        runs.stream().mapToLong(Result::duplicates).sum(),
        runs.stream().max(Comparator.comparing(Result::rssMiB)).orElseThrow().rssMiB());
  }

  private static double median(List<Result> runs, ToDoubleFunction<Result> figure) {
    double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
