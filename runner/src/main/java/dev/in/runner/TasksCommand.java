package dev.in.runner;

import dev.in.runner.edge.LibraryQuery;
import dev.in.runner.process.StackFailure;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists one's tasks. */
@Command(
    name = "tasks",
    description =
        "List tasks, newest first; IN_TOKEN, or what `in login` has kept for that edge, is sent as"
            + " the bearer token.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false)
final class TasksCommand implements Callable<Integer> {
  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "Only those: submitted, processing_in_gcp, completed or failed.")
  private String status;

  @Mixin private LibraryOptions options;

  @Override
  public Integer call() throws StackFailure, InterruptedException {
    return options.print(new LibraryQuery(Optional.empty(), Optional.ofNullable(status)));
  }
}
