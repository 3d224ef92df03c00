package dev.in.runner;

import dev.in.events.Identifiers;
import dev.in.runner.logs.TaskLog;
import dev.in.runner.process.StackFailure;
import dev.in.runner.stack.Installation;
import dev.in.runner.status.StackInfo;
import dev.in.runner.terminal.Columns;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what every component of a running stack has logged about one task. */
@Command(
    name = LogsCommand.NAME,
    description =
        "Show what every function and the edge of a running stack (`in up`) have logged about a"
            + " task, in order of time. Exits 1 when nothing was logged, 3 when no stack runs.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false)
final class LogsCommand implements Callable<Integer> {
  static final String NAME = "logs";

  @Spec private CommandSpec command;

  @Parameters(paramLabel = "TASK", description = "The task's id.")
  private String taskId;

  @Option(names = "--json", description = "Print the lines as they were logged.")
  private boolean json;

  @Option(names = "--up-file", hidden = true, defaultValue = ".in/up.json")
  private Path upFileName;

  @Override
  public Integer call() throws StackFailure {
    if (!Identifiers.TASK_ID.matcher(taskId).matches()) {
      throw new ParameterException(
          command.commandLine(), "'%s' is not a task's id.".formatted(Columns.printable(taskId)));
    }
    Path folder = StackInfo.read(Installation.find().root().resolve(upFileName)).logs();
    try {
      TaskLog log = TaskLog.read(folder, taskId);
      if (log.isEmpty()) {
        System.err.println("in: nothing has been logged about " + Columns.printable(taskId));
        return ExitCode.SOME_DID_NOT;
      }
      (json ? log.json() : log.words(ZoneId.systemDefault())).forEach(System.out::println);
      return ExitCode.ALL_COMPLETED;
    } catch (IOException e) {
      throw new StackFailure("the logs cannot be read: " + e, e);
    }
  }
}
