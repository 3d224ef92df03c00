package dev.in.bench.localcloud;

import static java.util.Objects.requireNonNull;

import dev.in.bench.localcloud.Case.Service;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * The local cloud beside Google's emulators: each case once to warm up, then some times in turn,
 * with Google's clients in their default settings. Reported are medians.
 */
public final class LocalCloudBench {
  private static final List<Case> CASES =
      List.of(
          new PushCase("push-saturated", 4_000, OptionalInt.empty()),
          new PushCase("push-paced-200", 1_000, OptionalInt.of(200)),
          new PullCase("streaming-pull", 10_000),
          new CommitCase("commits-16-in-flight", 3_200, 16));

  private final int rounds;
  private final Consumer<String> progress;
  private final Consumer<Map<String, Object>> report;

  public LocalCloudBench(
      int rounds, Consumer<String> progress, Consumer<Map<String, Object>> report) {
    this.rounds = rounds;
    this.progress = requireNonNull(progress, "progress is null");
    this.report = requireNonNull(report, "report is null");
  }

  /**
   * Runs the cases and reports their figures.
   *
   * @param only the names of those to run; empty for all
   * @throws IllegalStateException when a server does not start or loses messages
   */
  public void run(List<String> only) {
    List<Case> cases =
        CASES.stream().filter(one -> only.isEmpty() || only.contains(one.name())).toList();
    if (cases.size() < only.size()) {
      throw new IllegalArgumentException(
          "no such case; there are " + CASES.stream().map(Case::name).toList());
    }
    for (Service service : cases.stream().map(Case::service).distinct().toList()) {
      run(service, cases.stream().filter(one -> one.service() == service).toList());
    }
  }

  private void run(Service service, List<Case> cases) {
    Map<Subject, Server> servers = new EnumMap<>(Subject.class);
    try {
      for (Subject subject : Subject.values()) {
        Optional<Server> server = subject.start(service);
        server.ifPresentOrElse(
            started -> servers.put(subject, started), () -> skipped(service, subject));
      }
      cases.forEach(one -> run(one, servers));
    } finally {
      servers.values().forEach(Server::close);
    }
  }

  private void skipped(Service service, Subject subject) {
    progress.accept("SKIPPED: " + subject.label() + "'s " + service + " is not installed");
  }

  private void run(Case one, Map<Subject, Server> servers) {
    Map<Subject, List<Result>> results = new EnumMap<>(Subject.class);
    for (int round = 0; round <= rounds; round++) {
      boolean warmUp = round == 0;
      progress.accept(one.name() + (warmUp ? ", warm-up" : ", round " + round + " of " + rounds));
      servers.forEach(
          (subject, server) -> {
            Result result = run(one, server);
            if (!warmUp) {
              results.computeIfAbsent(subject, _ -> new ArrayList<>()).add(result);
            }
          });
    }
    results.forEach((subject, runs) -> report(one, subject, Result.median(runs)));
  }

  private static Result run(Case one, Server server) {
    try {
      return one.run(server, one.operations());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (Exception e) {
      throw new IllegalStateException(one.name() + " failed: " + e, e);
    }
  }

  private void report(Case one, Subject subject, Result result) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("case", one.name());
    line.put("subject", subject.label());
    line.put("perSecond", rounded(result.perSecond()));
    line.put("p50Millis", rounded(result.p50Millis()));
    line.put("p95Millis", rounded(result.p95Millis()));
    line.put("serverCpuMillis", rounded(result.serverCpuMillis()));
    line.put("duplicates", result.duplicates());
    line.put("rssMiB", rounded(result.rssMiB()));
    report.accept(line);
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
