package dev.in.runner;

import dev.in.runner.operator.FunctionAddress;
import dev.in.runner.process.StackFailure;
import dev.in.runner.stats.StatisticsClient;
import dev.in.runner.stats.StatsReport;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows what the history counts. */
@Command(
    name = "stats",
    description = {
      "Show how many tasks have ended, why some failed, how long stages took and what was billed.",
      "Exit code: 0, or 3: no stack is running, or it does not answer."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false)
final class StatsCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "From the hour of this time on, as 2026-11-26T12:00:00Z (default: a day ago).")
  private Instant since;

  @Option(
      names = "--by",
      paramLabel = "DIMENSION",
      description =
          "Draw bars by type, status, stage, failure, channel, priority or billable"
              + " (default: an overview).")
  private String dimension;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Option(
      names = "--analytics",
      paramLabel = "URL",
      description =
          "The function analytics of a deployment"
              + " (default: the stack that `in up` keeps running here).")
  private URI analytics;

  @Mixin private OperatorAccountOptions operator;

  @Override
  public Integer call() throws StackFailure, InterruptedException {
    if (dimension != null && !StatsReport.DIMENSIONS.contains(dimension)) {
      throw new ParameterException(
          command.commandLine(),
          "There is no dimension '%s'; there are %s."
              .formatted(dimension, String.join(", ", StatsReport.DIMENSIONS)));
    }
    if (analytics != null) {
      operator.require(command, "--analytics");
    }
    Instant from =
        (since == null ? Instant.now().minus(Duration.ofDays(1)) : since)
            .truncatedTo(ChronoUnit.HOURS);
    StatsReport report = statistics().since(from);
    (json ? List.of(report.json()) : report.lines(Optional.ofNullable(dimension)))
        .forEach(System.out::println);
    return ExitCode.ALL_COMPLETED;
  }

  private StatisticsClient statistics() throws StackFailure {
    Console console = new PlainConsole(System.err::println, false);
    if (analytics == null) {
      return StatisticsClient.of(operator.stack(), console::note);
    }
    return new StatisticsClient(
        new FunctionAddress(analytics, operator.audiences().of(StatisticsClient.FUNCTION)),
        operator.tokens(),
        console::note);
  }
}
