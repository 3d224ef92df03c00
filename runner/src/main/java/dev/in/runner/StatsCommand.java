package dev.in.runner;

import com.fasterxml.jackson.databind.JsonNode;
import dev.in.runner.edge.EdgeRefusal;
import dev.in.runner.edge.RetryPolicy;
import dev.in.runner.operator.FunctionAddress;
import dev.in.runner.operator.LocalTokens;
import dev.in.runner.operator.OperatorHttp;
import dev.in.runner.process.StackFailure;
import dev.in.runner.stats.StatsReport;
import dev.in.runner.status.StackInfo;
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
  private static final String ANALYTICS = "analytics";
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

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
    StatsReport report = StatsReport.read(from, answer(from));
    (json ? List.of(report.json()) : report.lines(Optional.ofNullable(dimension)))
        .forEach(System.out::println);
    return ExitCode.ALL_COMPLETED;
  }

  private JsonNode answer(Instant from) throws StackFailure, InterruptedException {
    Console console = new PlainConsole(System.err::println, false);
    String path = "/operator/statistics?since=" + from;
    try {
      if (analytics != null) {
        String audience = operator.audiences().of(ANALYTICS);
        FunctionAddress deployed = new FunctionAddress(analytics, audience);
        return ask(new OperatorHttp(operator.tokens()), deployed, path, console);
      }
      StackInfo stack = operator.stack();
      OperatorHttp http = new OperatorHttp(new LocalTokens(stack.operator().tokens()));
      return ask(http, stack.address(ANALYTICS), path, console);
    } catch (EdgeRefusal refusal) {
      throw new StackFailure("analytics refuses: " + refusal.getMessage(), refusal);
    }
  }

  private static JsonNode ask(
      OperatorHttp http, FunctionAddress function, String path, Console console)
      throws StackFailure, InterruptedException, EdgeRefusal {
    return new RetryPolicy(TIMEOUT, console::note)
        .call(() -> http.json(http.request(function, path).GET()));
  }
}
