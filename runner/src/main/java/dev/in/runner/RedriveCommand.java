package dev.in.runner;

import dev.in.events.Identifiers;
import dev.in.runner.edge.EdgeRefusal;
import dev.in.runner.edge.RetryPolicy;
import dev.in.runner.process.StackFailure;
import dev.in.runner.redrive.Candidates;
import dev.in.runner.redrive.Outcome;
import dev.in.runner.redrive.Redrive;
import dev.in.runner.redrive.RedriveReport;
import dev.in.runner.redrive.Selection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Has failed tasks run again, from the stage that failed. */
@Command(
    name = RedriveCommand.NAME,
    description = {
      "Run failed tasks again, from the stage that failed.",
      "Exit code: 0 all eligible tasks were redriven, 1 some were not, 2 nothing was selected,"
          + " 3 no stack is running, or it does not answer. docs/operations/redrive.md has more."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false)
final class RedriveCommand implements Callable<Integer> {
  static final String NAME = "redrive";
  private static final int MAX_RATE = 1_000;
  private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9_]{0,63}");

  @Spec private CommandSpec command;

  @Parameters(
      arity = "0..*",
      paramLabel = "TASK",
      description = "Only these tasks, by their ids (after -- if one looks like an option).")
  private List<String> tasks = List.of();

  @Option(
      names = "--code",
      paramLabel = "CODE",
      description = "Only tasks that failed with this code, such as timed_out.")
  private String code;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Only tasks that failed at this time or later, as 2026-11-26T12:00:00Z.")
  private Instant since;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "10000",
      description = "At most so many tasks (default: 10000, as many as one operation takes).")
  private int limit;

  @Option(
      names = "--dry-run",
      description = "Count the tasks that are eligible and those that are not; change nothing.")
  private boolean dryRun;

  @Option(
      names = "--operation",
      paramLabel = "ID",
      description = "Continue this operation, which was interrupted; or begin one of this id.")
  private String operation;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many tasks a second (default: 10).")
  private int rate;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "300",
      description = "How long to wait for the results, and for whatever does not answer.")
  private int timeoutSeconds;

  @Option(names = "--json", description = "Print one JSON object at the end.")
  private boolean json;

  @Mixin private OperatorOptions operator;

  @Override
  public Integer call() throws StackFailure, InterruptedException {
    Selection selection = selection();
    Console console = new PlainConsole(System.err::println, false);
    Duration timeout = Duration.ofSeconds(timeoutSeconds);
    Redrive redrive =
        new Redrive(operator.site(), new RetryPolicy(timeout, console::note), console::note);
    try {
      RedriveReport report = run(redrive, selection, timeout, console);
      (json ? List.of(report.json()) : report.lines()).forEach(System.out::println);
      return report.complete() ? ExitCode.ALL_COMPLETED : ExitCode.SOME_DID_NOT;
    } catch (EdgeRefusal refusal) {
      throw new StackFailure("the operation cannot go on: " + refusal.getMessage(), refusal);
    }
  }

  private RedriveReport run(Redrive redrive, Selection selection, Duration timeout, Console console)
      throws StackFailure, InterruptedException, EdgeRefusal {
    if (operation != null && redrive.exists(operation)) {
      if (dryRun) {
        Outcome soFar = redrive.outcome(operation);
        return new RedriveReport(Optional.of(operation), Optional.empty(), Optional.of(soFar));
      }
      console.note("continuing operation " + operation + " with the tasks that it began with");
      return carryOut(redrive, operation, Optional.empty(), timeout);
    }
    require(!selection.isEmpty(), "There is no operation '%s'.".formatted(operation));
    Candidates found = redrive.find(selection);
    if (dryRun || found.eligible().isEmpty()) {
      return new RedriveReport(Optional.empty(), Optional.of(found), Optional.empty());
    }
    String id = operation == null ? newId() : operation;
    if (!redrive.begin(id, selection, found.taskIds())) {
      throw new StackFailure("there is another operation " + id);
    }
    console.note("operation " + id + "; if interrupted: ./in redrive --operation " + id);
    return carryOut(redrive, id, Optional.of(found), timeout);
  }

  private RedriveReport carryOut(
      Redrive redrive, String id, Optional<Candidates> found, Duration timeout)
      throws StackFailure, InterruptedException, EdgeRefusal {
    Outcome outcome = redrive.carryOut(id, rate, timeout);
    return new RedriveReport(Optional.of(id), found, Optional.of(outcome));
  }

  private Selection selection() {
    require(
        limit >= 1 && limit <= Selection.MAX_LIMIT,
        "--limit must be 1 to %d.".formatted(Selection.MAX_LIMIT));
    require(rate >= 1 && rate <= MAX_RATE, "--rate must be 1 to %d.".formatted(MAX_RATE));
    require(timeoutSeconds >= 1, "--timeout must be at least 1.");
    require(code == null || CODE.matcher(code).matches(), "--code is not a failure code.");
    boolean separated = command.commandLine().getParseResult().originalArgs().contains("--");
    for (String task : tasks) {
      require(separated || !task.startsWith("--"), "There is no option '%s'.".formatted(task));
      require(
          Identifiers.TASK_ID.matcher(task).matches(), "'%s' is not a task's id.".formatted(task));
    }
    require(
        operation == null || Identifiers.ID.matcher(operation).matches(),
        "--operation must match " + Identifiers.ID + ".");
    Selection selection =
        new Selection(tasks, Optional.ofNullable(code), Optional.ofNullable(since), limit);
    require(
        !selection.isEmpty() || operation != null,
        "Nothing is selected: name tasks, --code or --since.");
    operator.check();
    return selection;
  }

  private void require(boolean condition, String message) {
    if (!condition) {
      throw new ParameterException(command.commandLine(), message);
    }
  }

  private static String newId() {
    return "redrive_" + UUID.randomUUID();
  }
}
