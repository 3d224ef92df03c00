package dev.in.runner;

import dev.in.runner.process.StackFailure;
import dev.in.runner.stack.Installation;
import dev.in.runner.status.Inspector;
import dev.in.runner.status.StackInfo;
import dev.in.runner.status.StatusJson;
import dev.in.runner.status.StatusTable;
import dev.in.runner.status.SystemStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows the status of a running stack. */
@Command(
    name = "status",
    description = {
      "Show the status of the stack that `in up` keeps running.",
      "Exit code: 0 no problems, 1 problems, 3 no stack is running."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false)
final class StatusCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Option(names = "--json", description = "Print one JSON object instead of tables.")
  private boolean json;

  @Option(
      names = "--late",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "How long a message may wait before that is a problem (default: 30).")
  private int lateSeconds;

  @Option(names = "--up-file", hidden = true, defaultValue = ".in/up.json")
  private Path upFile;

  @Override
  public Integer call() throws StackFailure, InterruptedException {
    if (lateSeconds < 1) {
      throw new ParameterException(command.commandLine(), "--late must be at least 1.");
    }
    StackInfo stack = StackInfo.read(Installation.find().root().resolve(upFile));
    SystemStatus status = new Inspector(stack).inspect();
    List<String> problems = status.problems(Duration.ofSeconds(lateSeconds));
    if (json) {
      System.out.println(StatusJson.of(status, problems, stack.mail()));
    } else {
      StatusTable.lines(status, problems, stack.mail()).forEach(System.out::println);
    }
    return problems.isEmpty() ? ExitCode.ALL_COMPLETED : ExitCode.SOME_DID_NOT;
  }
}
