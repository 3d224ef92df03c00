package dev.in.bench;

/**
 * What some work took.
 *
 * @param seconds of time
 * @param cpuSeconds of processors, of everything that took part
 */
record Measurement(double seconds, double cpuSeconds) {

  /** Measures work of this process. */
  record Clock(long startedNanos, double cpuAtStart) {
    static Clock start() {
      return new Clock(System.nanoTime(), cpu());
    }

    Measurement stop() {
      return new Measurement((System.nanoTime() - startedNanos) / 1e9, cpu() - cpuAtStart);
    }

    private static double cpu() {
      return ProcessUsage.of(ProcessHandle.current().pid()).cpuSeconds();
    }
  }
}
