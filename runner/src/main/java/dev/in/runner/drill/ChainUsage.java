package dev.in.runner.drill;

import dev.in.events.Stage;
import dev.in.topology.Topology;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the chain's functions and {@code sync} have used for so many tasks.
 *
 * @param nacks deliveries of theirs that were not acked in time
 */
record ChainUsage(int tasks, double cpuSeconds, long nacks) {
  private static final double MAX_RATIO = 1.1;

  /** Where a clean run has no nack at all, as many for an image are no sign of anything. */
  private static final double STRAY_NACKS = 0.01;

  ChainUsage plus(ChainUsage other) {
    return new ChainUsage(tasks + other.tasks, cpuSeconds + other.cpuSeconds, nacks + other.nacks);
  }

  double cpuMillisPerImage() {
    return cpuSeconds * 1_000 / tasks;
  }

  double nacksPerImage() {
    return (double) nacks / tasks;
  }

  /** What is more than a tenth above a clean run's. */
  List<String> problemsBeside(ChainUsage clean) {
    List<String> problems = new ArrayList<>();
    if (cpuMillisPerImage() > clean.cpuMillisPerImage() * MAX_RATIO) {
      problems.add("too much CPU: " + comparedWith(clean));
    }
    if (nacksPerImage() > clean.nacksPerImage() * MAX_RATIO + STRAY_NACKS) {
      problems.add("too many nacks: " + comparedWith(clean));
    }
    return problems;
  }

  String comparedWith(ChainUsage clean) {
    return String.format(
        Locale.ROOT,
        "CPU %.0f ms an image, clean %.0f: ratio %.2f; nacks %d of %d images, clean %d of %d",
        cpuMillisPerImage(),
        clean.cpuMillisPerImage(),
        cpuMillisPerImage() / clean.cpuMillisPerImage(),
        nacks,
        tasks,
        clean.nacks,
        clean.tasks);
  }

  /** The counters at one moment; a process that is replaced in between makes them worthless. */
  record Reading(Map<String, Long> processes, double cpuSeconds, long nacks) {

    static Reading of(DrillStack stack) throws IOException, InterruptedException {
      Topology topology = Topology.load();
      Map<String, Long> processes = new TreeMap<>();
      double cpuSeconds = 0;
      long nacks = 0;
      for (String function :
          Stream.concat(topology.chain().stream().map(Stage::wireName), Stream.of("sync"))
              .toList()) {
        long pid = stack.function(function).child().pid();
        processes.put(function, pid);
        cpuSeconds += cpuSeconds(pid);
        for (Topology.Subscription subscription : topology.subscriptionsOf(function)) {
          nacks += stack.cloud().nacks(subscription.name());
        }
      }
      return new Reading(processes, cpuSeconds, nacks);
    }

    private static double cpuSeconds(long pid) {
      return ProcessHandle.of(pid)
              .flatMap(process -> process.info().totalCpuDuration())
              .orElseThrow(
                  () -> new IllegalStateException("process " + pid + " cannot be looked at"))
              .toMillis()
          / 1e3;
    }

    ChainUsage since(Reading before, int tasks) {
      if (!processes.equals(before.processes)) {
        throw new IllegalStateException(
            "a function of the chain was replaced while it was measured");
      }
      return new ChainUsage(tasks, cpuSeconds - before.cpuSeconds, nacks - before.nacks);
    }
  }
}
