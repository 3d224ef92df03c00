package dev.in.runner;

import com.fasterxml.jackson.databind.JsonNode;
import dev.in.events.Identifiers;
import dev.in.runner.edge.EdgeRefusal;
import dev.in.runner.edge.RetryPolicy;
import dev.in.runner.forget.DeletionReport;
import dev.in.runner.forget.Forget;
import dev.in.runner.process.StackFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Deletes all that iN has of an owner, or of one task. */
@Command(
    name = ForgetCommand.NAME,
    description = {
      "Delete all that iN has of an owner, or of one task, and say what stays until when.",
      "Exit code: 0 it is done, 1 it is not done yet or there is no such task, 2 wrong usage,"
          + " 3 no stack is running, or it does not answer. docs/privacy.md has more."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false)
final class ForgetCommand implements Callable<Integer> {
  static final String NAME = "forget";
  private static final Pattern OWNER = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  @Spec private CommandSpec command;

  @ArgGroup(multiplicity = "1")
  private Target target;

  /** One of the two. */
  private static final class Target {
    @Option(names = "--owner", paramLabel = "OWNER", description = "The owner's account.")
    private String owner;

    @Option(names = "--task", paramLabel = "TASK", description = "This task alone.")
    private String task;
  }

  @Option(
      names = "--operation",
      paramLabel = "ID",
      description = "Look at this operation again, which was interrupted; or begin one of this id.")
  private String operation;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "300",
      description = "How long to wait for the end, and for whatever does not answer.")
  private int timeoutSeconds;

  @Option(names = "--json", description = "Print one JSON object at the end.")
  private boolean json;

  @Mixin private OperatorOptions operator;

  @Override
  public Integer call() throws StackFailure, InterruptedException {
    check();
    Console console = new PlainConsole(System.err::println, false);
    Duration timeout = Duration.ofSeconds(timeoutSeconds);
    Forget forget = new Forget(operator.site(), new RetryPolicy(timeout, console::note));
    String id = operation == null ? "forget_" + UUID.randomUUID() : operation;
    console.note("operation " + id + "; if interrupted, the same command with --operation " + id);
    try {
      return target.owner == null
          ? forgetTask(forget, id, timeout)
          : forgetOwner(forget, id, timeout);
    } catch (EdgeRefusal refusal) {
      throw new StackFailure("the deletion cannot go on: " + refusal.getMessage(), refusal);
    }
  }

  private int forgetOwner(Forget forget, String id, Duration timeout)
      throws StackFailure, InterruptedException, EdgeRefusal {
    JsonNode deletion = forget.owner(target.owner, id, timeout);
    (json ? List.of(deletion.toString()) : DeletionReport.lines(deletion))
        .forEach(System.out::println);
    return Forget.isFinished(deletion) ? ExitCode.ALL_COMPLETED : ExitCode.SOME_DID_NOT;
  }

  private int forgetTask(Forget forget, String id, Duration timeout)
      throws StackFailure, InterruptedException, EdgeRefusal {
    Optional<String> status = forget.task(target.task, id, timeout);
    String text = status.orElse("unknown");
    System.out.println(
        json
            ? "{\"taskId\":\"%s\",\"status\":\"%s\"}".formatted(target.task, text)
            : "The task %s is %s. docs/privacy.md says what stays until when."
                .formatted(target.task, text));
    return text.equals("deleted") ? ExitCode.ALL_COMPLETED : ExitCode.SOME_DID_NOT;
  }

  private void check() {
    require(timeoutSeconds >= 1, "--timeout must be at least 1.");
    require(
        target.owner == null || OWNER.matcher(target.owner).matches(), "--owner is not an owner.");
    require(
        target.task == null || Identifiers.TASK_ID.matcher(target.task).matches(),
        "--task is not a task's id.");
    require(
        operation == null || Identifiers.ID.matcher(operation).matches(),
        "--operation must match " + Identifiers.ID + ".");
    operator.check();
  }

  private void require(boolean condition, String message) {
    if (!condition) {
      throw new ParameterException(command.commandLine(), message);
    }
  }
}
